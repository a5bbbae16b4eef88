"""The text report: 80 columns, plain enough for a CI log, verdicts first."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.box import Box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from labelaudit.reports.safe import visible
from labelaudit.reports.sections import sections
from labelaudit.reports.summary import headline, lines, notes, readings, size
from labelaudit.safe import inert

if TYPE_CHECKING:
    from rich.console import JustifyMethod

    from labelaudit.audit import Audit
    from labelaudit.reports.summary import Section, Seen

WIDTH = 80
MAX_SENTENCE = 600
_RULE = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
_STYLES = {"reject": "bold red", "review": "bold yellow", "accept": "bold green"}
_COUNTS = ("units", "people", "labels", "answers", "vs peers", "ties", "unlike majority")
_WHOLE = (*_COUNTS, "verdict", "bound")
_INTERVAL = len("0.123 [0.123, 0.123]")
_LEAST = {"difference [95%]": len("+0.123 [+0.123, +0.123] *")}
_MARKS = {"breach": "x", "warning": "!"}


def render(audit: Audit) -> str:
    """Return the report as plain text."""
    out = io.StringIO()
    show(audit, Console(file=out, width=WIDTH, color_system=None, highlight=False))
    return inert("\n".join(line.rstrip() for line in out.getvalue().splitlines())) + "\n"


def show(audit: Audit, console: Console) -> None:
    """Print the report to a console, in colour where it can."""
    console.print(Text(headline(audit), style=_STYLES[audit.verdict]))
    console.print(Text(size(audit)))
    first, *others = sections(audit)
    _show_section(first, console)
    _show_findings(audit, console)
    for section in others:
        _show_section(section, console)
    console.print()
    for line in readings(audit):
        console.print(Text(visible(line, 400), style="dim"))
    for note in notes(audit):
        console.print(Text(note, style="dim"))


def _show_section(section: Section, console: Console) -> None:
    console.print()
    console.print(Text(section.title, style="bold"))
    if not section.header:
        _show_sentences(section, console)
        return
    table = Table(box=_RULE, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for at, name in enumerate(section.header):
        justify: JustifyMethod = "right" if name in _COUNTS else "left"
        least = _LEAST.get(name, _INTERVAL) if "[" in name else None
        longest = max((len(row[at]) for row in section.rows), default=0)
        # an interval that can be broken is given away for room, and numbers beside it are cut
        whole = name in _WHOLE or (least is not None and longest <= least)
        table.add_column(name, overflow="fold", justify=justify, no_wrap=whole, min_width=least)
    for row in section.rows:
        table.add_row(*(Text(visible(cell), style=_STYLES.get(cell, "")) for cell in row))
    console.print(table)
    if section.left_out:
        console.print(f"... and {section.left_out:,} more (all in audit.json)")
    if section.note:
        console.print(Text(section.note, style="dim"))


def _show_sentences(section: Section, console: Console) -> None:
    for (sentence,) in section.rows:
        text = Text(visible(sentence, MAX_SENTENCE))
        lines = text.wrap(console, console.width - 2)
        for at, line in enumerate(lines):
            line.rstrip()
            console.print(Text("- " if at == 0 else "  ") + line)
    if section.left_out:
        console.print(f"... and {section.left_out:,} more (all in audit.json)")


def _show_findings(audit: Audit, console: Console) -> None:
    console.print()
    console.print(Text("Findings", style="bold"))
    shown, left_out = lines(audit)
    for seen in shown:
        _show_finding(seen, console)
    if left_out:
        console.print(f"... and {left_out:,} more (all in findings.parquet)")
    legend = "x breach  ! warning" if shown else "none"
    console.print(Text(legend, style="dim"))


def _show_finding(seen: Seen, console: Console) -> None:
    line = Text(f"{_MARKS[seen.finding.outcome]} ")
    line.append(seen.finding.check, style="bold")
    line.append(f"  {visible(seen.place)}")
    console.print(line)
    console.print(Padding(Text(visible(seen.message, 400)), (0, 0, 0, 4)))
