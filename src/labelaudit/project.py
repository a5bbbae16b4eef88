"""`labelaudit.toml` -> Project: what a delivery's columns mean, what was asked, the policy.

Unknown keys are errors with the nearest spelling: a limit that is misspelled and ignored
would be a gate that is open.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.configuration.parse import parse
from labelaudit.configuration.tables import Table
from labelaudit.errors import UsageError
from labelaudit.spending import MOST_LOOKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.settings import Project

_LATER = {"max_looks": MOST_LOOKS, "on_unknown": "review"}
"""Keys of the policy that came later: where they are as ever, so is the fingerprint."""
FILE_NAME = "labelaudit.toml"
SHARED_NAME = "pyproject.toml"


def fingerprint(project: Project) -> str:
    """Return the SHA-256 of all that can change a result (not of how a file is read)."""
    intake = replace(project.intake, reader=None, max_bytes=None)
    kept = asdict(replace(project, intake=intake))
    if not project.drift.is_set:
        del kept["drift"]  # what is not said changes no fingerprint of before it could be
    del kept["review"]  # what reviewers see changes nothing that is found
    for name, usual in _LATER.items():
        if kept["policy"][name] == usual:
            del kept["policy"][name]
    del kept["gate"]  # waivers change what is let through, never what is found
    if intake.manifest is None:
        del kept["intake"]["manifest"]
    else:
        kept["intake"]["manifest"] = Path(intake.manifest).name
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def pseudonym_key(project: Project) -> bytes | None:
    """Return the secret for pseudonyms, None where the project names none.

    Raises
    ------
    UsageError
        If the environment variable that should hold it is unset or empty.

    """
    if project.key_env is None:
        return None
    secret = os.environ.get(project.key_env, "")
    if not secret:
        raise UsageError(
            "[privacy] key_env",
            f"names the environment variable {project.key_env}, which is not set",
            next_step=f"set {project.key_env} to a long random text and keep it out of the repo",
        )
    return secret.encode()


def find_project(start: Path) -> Path | None:
    """Return the configuration that stands in a folder, None where there is none.

    Raises
    ------
    UsageError
        If both `labelaudit.toml` and `[tool.labelaudit]` in `pyproject.toml` stand there.

    """
    own, shared = start / FILE_NAME, start / SHARED_NAME
    has_shared = shared.is_file() and bool(_shared(_load(shared)))
    if own.is_file() and has_shared:
        raise UsageError(
            str(start),
            f"holds two configurations: {FILE_NAME} and [tool.labelaudit] in {SHARED_NAME}",
            next_step="keep one, or name one with -c",
        )
    if own.is_file():
        return own
    return shared if has_shared else None


def load_project(path: Path) -> Project:
    """Read a configuration file.

    Raises
    ------
    UsageError
        If it is missing, is no TOML, or holds an unknown key or a value of the wrong kind.

    """
    content: Mapping[str, object] = _load(path)
    if path.name == SHARED_NAME:
        content = _shared(content)
        if not content:
            raise UsageError(str(path), "has no [tool.labelaudit]", next_step="add it")
    return _beside(path, parse(Table(str(path), "", content)))


def _beside(path: Path, project: Project) -> Project:
    """Return the project with the files it names taken from beside its configuration."""
    manifest = _placed(path, project.intake.manifest)
    waivers = _placed(path, project.gate.waivers)
    media = _placed(path, project.review.media)
    return replace(
        project,
        intake=replace(project.intake, manifest=manifest),
        gate=replace(project.gate, waivers=waivers, ledger=_placed(path, project.gate.ledger)),
        review=replace(project.review, media=media),
    )


def _placed(path: Path, named: str | None) -> str | None:
    return None if named is None else str(path.parent / named)


def _shared(content: Mapping[str, object]) -> Mapping[str, object]:
    """Return [tool.labelaudit] of a pyproject.toml, empty where it has none."""
    tool = content.get("tool")
    own = tool.get("labelaudit") if isinstance(tool, dict) else None
    return own if isinstance(own, dict) else {}


def _load(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(
            str(path),
            f"cannot be read: {error.strerror}",
            next_step="labelaudit init DATA writes one",
        ) from error
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8: byte 0x{error.object[error.start]:02X} at position {error.start}"
        raise UsageError(str(path), problem, next_step="save it again as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        problem = f"is not valid TOML: {error}"
        raise UsageError(str(path), problem, next_step="mend it there") from error
