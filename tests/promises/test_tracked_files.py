"""The repository holds nothing of the machine it was written on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from labelaudit import __version__

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".md", ".toml", ".txt", ".cff", ".csv", ".json", ".jsonl", ".ipynb", ".yml", ""}
LEFT_BY_TOOLS = {"__pycache__", "runs", "demo", "build", "dist"}
PIN = re.compile(r"[A-Za-z0-9._-]+==[0-9][\w.!+]*")

# Written so that this file does not find itself.
FOREIGN = re.compile(
    r"py[p]i\.org|python[h]osted|registry\.n[p]mjs|(extra-)?index-[u]rl|find-[l]inks"
    r"|(?<![\w.])/(home|Users|root|work|opt)/\w"
)


def tracked() -> list[Path]:
    """Return the text files of the repository, without what the tools leave behind."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") for part in parts) and parts[0] != ".ci"
        if path.is_file() and not hidden and not LEFT_BY_TOOLS & set(parts):
            found.append(path)
    return [path for path in found if path.suffix in TEXT]


def pins() -> list[str]:
    return (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def test_no_file_names_a_package_index_or_a_path_of_one_machine():
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in tracked()}
    assert len(texts) > 20
    assert {str(p): m[0] for p, text in texts.items() if (m := FOREIGN.search(text))} == {}


def plain(requirement: str) -> str:
    """Return the name in a requirement, spelled as package indexes compare it."""
    return re.split(r"[<>=\[]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("line", pins())
def test_every_constraint_is_a_name_and_a_version(line):
    assert PIN.fullmatch(line)


def test_every_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    pinned = {plain(line) for line in pins()}
    assert {plain(line) for line in wanted} - {"labelaudit"} - pinned == set()


def test_the_citation_carries_the_version():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in citation
