"""The markdown report: for pull-request comments and step summaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.safe import markdown
from labelaudit.reports.sections import sections
from labelaudit.reports.summary import headline, lines, notes, readings, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.audit import Audit
    from labelaudit.reports.summary import Section


def render(audit: Audit) -> str:
    """Return the report as markdown; text from the delivery is escaped."""
    first, *others = sections(audit)
    parts = [
        f"## labelaudit: {headline(audit)}",
        size(audit),
        _section(first),
        "\n".join(_findings(audit)),
        *(_section(section) for section in others),
        "\n>\n".join(f"> {note}" for note in [*map(markdown, readings(audit)), *notes(audit)]),
    ]
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> str:
    lines = [f"### {section.title}", "", _row(section.header), _row(("---",) * len(section.header))]
    lines += [_row(tuple(markdown(cell) for cell in row)) for row in section.rows]
    if section.left_out:
        lines += ["", f"... and {section.left_out:,} more (all in `audit.json`)"]
    if section.note:
        lines += ["", section.note]
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _findings(audit: Audit) -> Iterator[str]:
    yield "### Findings"
    yield ""
    shown, left_out = lines(audit)
    for seen in shown:
        what = f"- **{seen.finding.outcome}** `{seen.finding.check}`"
        yield f"{what} {markdown(seen.place)}: {markdown(seen.finding.message)}"
    if left_out:
        yield f"- ... and {left_out:,} more (all in `findings.parquet`)"
    if not shown:
        yield "none"
