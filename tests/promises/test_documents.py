"""The documents tell the truth: generated parts are fresh, links lead somewhere, all are linked."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from labelaudit.project import load_project
from labelaudit.settings import Project

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GENERATORS = sorted((ROOT / "scripts").glob("refresh_*.py"))
TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)")


def links(page: Path) -> set[Path]:
    """Return the files that a page links to."""
    found = LINK.findall(page.read_text(encoding="utf-8"))
    return {(page.parent / link).resolve() for link in found}


@pytest.mark.parametrize("script", GENERATORS, ids=lambda path: path.stem)
def test_the_generated_documents_are_fresh(script):
    command = [sys.executable, str(script), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run make docs:\n{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page):
    assert {link for link in links(page) if not link.exists()} == set()


def test_every_document_can_be_reached_from_the_readme():
    reached, open_pages = set(), {ROOT / "README.md"}
    while open_pages:
        reached |= open_pages
        pages = {link for page in open_pages for link in links(page) if link.suffix == ".md"}
        open_pages = {page for page in pages if page.exists()} - reached
    assert set(PAGES) - reached == set()


def test_the_python_of_the_readme_prints_what_it_shows(monkeypatch):
    monkeypatch.chdir(ROOT)
    outcome = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert outcome.failed == 0 < outcome.attempted


@pytest.mark.parametrize("block", TOML.findall((ROOT / "docs" / "cookbook.md").read_text()))
def test_every_configuration_of_the_cookbook_is_accepted(block, tmp_path):
    path = tmp_path / "labelaudit.toml"
    path.write_text(block, encoding="utf-8")
    assert load_project(path) != Project()


def test_the_glossary_says_for_every_word_what_to_avoid():
    text = (ROOT / "CONTEXT.md").read_text(encoding="utf-8")
    words = re.findall(r"^\*\*(.+?)\*\*: .+\n\*Avoid:\* .+$", text, re.MULTILINE)
    assert len(words) == text.count("**") // 2 > 25
