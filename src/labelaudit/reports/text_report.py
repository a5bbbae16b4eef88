"""The text report: 80 columns, plain enough for a CI log, verdicts first."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from labelaudit.reports.safe import visible
from labelaudit.reports.summary import (
    MAX_ROWS,
    VERDICT_WORDS,
    finding_place,
    headline,
    notes,
    sections,
    size,
)

if TYPE_CHECKING:
    from labelaudit.audit import Audit
    from labelaudit.model import Finding
    from labelaudit.reports.summary import Section

WIDTH = 80
_STYLES = {"reject": "bold red", "review": "bold yellow", "accept": "bold green"}
_MARKS = {"breach": "x", "unknown": "?", "warning": "!"}


def render(audit: Audit) -> str:
    """Return the report as plain text."""
    out = io.StringIO()
    show(audit, Console(file=out, width=WIDTH, color_system=None, highlight=False))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def show(audit: Audit, console: Console) -> None:
    """Print the report to a console, in colour where it can."""
    console.print(Text(headline(audit), style=_STYLES[audit.verdict]))
    console.print(f"{VERDICT_WORDS[audit.verdict]}; {size(audit)}", soft_wrap=False)
    first, *others = sections(audit)
    _show_section(first, console)
    _show_findings(audit, console)
    for section in others:
        _show_section(section, console)
    console.print()
    for note in notes(audit):
        console.print(Text(note, style="dim"))


def _show_section(section: Section, console: Console) -> None:
    console.print()
    console.print(Text(section.title, style="bold"))
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for name in section.header:
        table.add_column(name, overflow="fold")
    for row in section.rows:
        table.add_row(*(Text(visible(cell), style=_STYLES.get(cell, "")) for cell in row))
    console.print(table)
    if section.left_out:
        console.print(f"... and {section.left_out:,} more (all in audit.json)")
    if section.note:
        console.print(Text(section.note, style="dim"))


def _show_findings(audit: Audit, console: Console) -> None:
    console.print()
    console.print(Text("Findings", style="bold"))
    if not audit.findings:
        console.print("none")
    for finding in audit.findings[:MAX_ROWS]:
        _show_finding(finding, console)
    left = len(audit.findings) - MAX_ROWS
    if left > 0:
        console.print(f"... and {left:,} more (all in findings.parquet)")
    if audit.findings:
        console.print(Text("x breach  ? could not look  ! warning", style="dim"))


def _show_finding(finding: Finding, console: Console) -> None:
    line = Text(f"{_MARKS[finding.outcome]} ")
    line.append(finding.check, style="bold")
    line.append(f"  {visible(finding_place(finding))}")
    console.print(line)
    console.print(Padding(Text(visible(finding.message, 400)), (0, 0, 0, 4)))
