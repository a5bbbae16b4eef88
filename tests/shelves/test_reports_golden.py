"""Every report, letter by letter, on a small delivery: tests/golden.

`LABELAUDIT_REFRESH=1 pytest tests/shelves/test_reports_golden.py` writes them again; read the
difference before it is committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import labelaudit
from labelaudit.reports import REPORTS

GOLDEN = Path(__file__).parents[1] / "golden"
FILES = {
    "text": "report.txt",
    "markdown": "report.md",
    "html": "report.html",
    "json": "audit.json",
    "junit": "junit.xml",
    "sarif": "labelaudit.sarif",
    "gitlab": "gitlab.json",
    "github-summary": "github-summary.md",
    "github-annotations": "github-annotations.txt",
}


@pytest.fixture(scope="module")
def audit():
    with pytest.MonkeyPatch.context() as here:
        here.chdir(GOLDEN)
        with labelaudit.read("delivery", project="labelaudit.toml") as annotations:
            return labelaudit.run(annotations)


def test_every_report_has_its_golden_file():
    assert FILES.keys() == REPORTS.keys()


def steady(text: str) -> str:
    """Return a report without its version, numbers cut where machines may differ in them."""
    version = text.replace(f'"{labelaudit.__version__}"', '"VERSION"')
    return re.sub(r"\d+\.\d{9,}(e-\d+)?", lambda found: f"{float(found[0]):.9g}", version)


@pytest.mark.parametrize("form", FILES)
def test_the_report_is_as_it_was(audit, form):
    path = GOLDEN / FILES[form]
    said = steady(REPORTS[form](audit))
    if "LABELAUDIT_REFRESH" in os.environ:
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


def test_no_line_of_the_text_report_is_wider_than_a_terminal():
    lines = (GOLDEN / FILES["text"]).read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 80


def test_the_golden_delivery_shows_every_part_of_a_report():
    text = (GOLDEN / "report.txt").read_text(encoding="utf-8")
    for part in (
        "reject ",
        "review ",
        "accept ",
        "\nx ",
        "\n! ",
        "Not looked at",
        "What to do",
        "Lowest",
    ):
        assert part in text
