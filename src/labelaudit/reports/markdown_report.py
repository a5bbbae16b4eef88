"""The markdown report: for pull-request comments and step summaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.letters import letter, vendors_to_write
from labelaudit.reports.safe import markdown
from labelaudit.reports.sections import sections
from labelaudit.reports.summary import headline, lines, notes, readings, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.audit import Audit
    from labelaudit.reports.summary import Section

MAX_LETTERS = 5
MAX_SENTENCE = 600


def render(audit: Audit) -> str:
    """Return the report as markdown; text from the delivery is escaped."""
    first, *others = sections(audit)
    parts = [
        f"## labelaudit: {headline(audit)}",
        size(audit),
        _section(first),
        "\n".join(_findings(audit)),
        *(_section(section) for section in others),
        *_letters(audit),
        "\n>\n".join(f"> {note}" for note in [*map(markdown, readings(audit)), *notes(audit)]),
    ]
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> str:
    if not section.header:
        told = [f"- {markdown(cell, MAX_SENTENCE)}" for (cell,) in section.rows]
        if section.left_out:
            told.append(f"- ... and {section.left_out:,} more (all in `audit.json`)")
        return "\n".join([f"### {section.title}", "", *told])
    lines = [f"### {section.title}", "", _row(section.header), _row(("---",) * len(section.header))]
    lines += [_row(tuple(markdown(cell) for cell in row)) for row in section.rows]
    if section.left_out:
        lines += ["", f"... and {section.left_out:,} more (all in `audit.json`)"]
    if section.note:
        lines += ["", section.note]
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _letters(audit: Audit) -> Iterator[str]:
    """Yield what could be sent back to each vendor with an open batch, folded in."""
    for vendor in vendors_to_write(audit.verdicts)[:MAX_LETTERS]:
        head = f"<details><summary>What to send back to {markdown(vendor)}</summary>"
        yield f"{head}\n\n{letter(audit, vendor)}\n</details>"


def _findings(audit: Audit) -> Iterator[str]:
    yield "### Findings"
    yield ""
    shown, left_out = lines(audit)
    for seen in shown:
        what = f"- **{seen.finding.outcome}** `{seen.finding.check}`"
        yield f"{what} {markdown(seen.place)}: {markdown(seen.message)}"
    if left_out:
        yield f"- ... and {left_out:,} more (all in `findings.parquet`)"
    if not shown:
        yield "none"
