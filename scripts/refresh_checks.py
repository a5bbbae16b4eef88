"""Write docs/checks/ again: one page per check from its docstring, and a list of them all."""

from __future__ import annotations

import inspect
import re
import sys
from typing import TYPE_CHECKING

from generated import ROOT, main

from labelaudit.checks import CHECKS

if TYPE_CHECKING:
    from generated import Pages

    from labelaudit.checks import Check

FOLDER = ROOT / "docs" / "checks"
HEADING = re.compile(r"^(\S.*)\n-{3,}$", re.MULTILINE)
LIST = """# Checks

Each check looks for one fault and is named after it. The pages are written from the checks
themselves; `labelaudit explain NAME` shows the same text in the terminal.

| check | fault |
| --- | --- |
"""


def text(check: Check) -> str:
    """Return the docstring of a check."""
    return inspect.cleandoc(check.__doc__ or "")


def page(check: Check) -> str:
    """Return the page of a check: its docstring, the headings as Markdown."""
    body = HEADING.sub(r"## \1\n", text(check))
    return f"# {check.NAME}\n\n{body}\n"


def row(check: Check) -> str:
    """Return the line of a check in the list."""
    return f"| [{check.NAME}]({check.NAME}.md) | {text(check).splitlines()[0]} |"


def pages() -> Pages:
    """Return every page of docs/checks/ as it should stand."""
    found = {FOLDER / f"{check.NAME}.md": page(check) for check in CHECKS}
    listed = "\n".join(row(check) for check in sorted(CHECKS, key=lambda check: check.NAME))
    return found | {FOLDER / "README.md": f"{LIST}{listed}\n"}


if __name__ == "__main__":
    sys.exit(main(pages, FOLDER))
