"""Who is not compared with whom, in lines below the statistician's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.connections import next_step
from labelaudit.reports.safe import visible
from labelaudit.reports.summary import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.connections import Group
    from labelaudit.tabulating import Row

MAX_LINES = 3
"""How many groups, and how many slices that have them, are printed."""


def overlap_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the groups that share no item, what to do, and how many people share none at all."""
    places = {_place(row): row for row in rows}
    apart = {place: row for place, row in places.items() if row.overlap.apart}
    for place, row in list(apart.items())[:MAX_LINES]:
        yield f"{place}{_groups(row.overlap.groups)}"
    if len(apart) > MAX_LINES:
        yield f"the same in {many(len(apart) - MAX_LINES, 'more slice')}"
    yield from (f"next: {next_step(row.overlap, tuple(row.where))}" for row in apart.values())
    alone = {place: row for place, row in places.items() if row.overlap.alone}
    for place, row in list(alone.items())[:MAX_LINES]:
        of = row.estimate.annotators or 0
        yield f"{place}{row.overlap.alone:,} of {many(of, 'person', 'people')} share no item"
    if len(alone) > MAX_LINES:
        yield f"the same in {many(len(alone) - MAX_LINES, 'more slice')}"


def _place(row: Row) -> str:
    where = ", ".join(f"{name} {value}" for name, value in row.where.items())
    return f"{where}: " if where else ""


def _groups(groups: Sequence[Group]) -> str:
    shown = "; ".join(_group(group) for group in groups[:MAX_LINES])
    more = len(groups) - MAX_LINES
    left = f"; and {many(more, 'more group')}" if more > 0 else ""
    return f"{len(groups):,} groups share no item: {shown}{left}"


def _group(group: Group) -> str:
    names = ", ".join(visible(name) for name in group.names)
    dots = " ..." if group.people > len(group.names) else ""
    return f"{many(group.people, 'person', 'people')} ({names}{dots})"
