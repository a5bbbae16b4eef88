"""Batches of two runs: verdicts, and what every measure was and is, each with its interval."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from labelaudit.reports.compare_columns import MAX_CELL, MAX_LINES, WIDTH, short, span, value
from labelaudit.reports.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.comparing.record import BatchChange, Difference, ReAudit

MAX_NAMED = 10


def batch_lines(found: ReAudit) -> Iterator[str]:
    """Yield batches with their verdicts: where something moved, most first; then the others."""
    moved: dict[str, list[Difference]] = {}
    for one in found.differences:
        if one.batch_id is not None and one.difference != 0:
            moved.setdefault(one.batch_id, []).append(one)
    told = [one for one in found.batches if one.before != one.after or one.batch_id in moved]
    told.sort(key=lambda one: _stillness(one, moved.get(one.batch_id, [])))
    for batch in told[:MAX_LINES]:
        yield f"{visible(batch.batch_id, MAX_CELL)}: {_verdicts(batch)}"
        yield from (f"    {line}" for line in _measures(moved.get(batch.batch_id, [])))
    if len(told) > MAX_LINES:
        yield f"... and {len(told) - MAX_LINES:,} more (--json has all)"
    still: dict[str, list[str]] = {}
    shown = {one.batch_id for one in told}
    for batch in found.batches:
        if batch.batch_id not in shown:
            still.setdefault(_verdicts(batch), []).append(visible(batch.batch_id, MAX_CELL))
    for verdicts, names in still.items():
        more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
        listed = ", ".join(names[:MAX_NAMED]) + more
        yield from wrap(f"{verdicts}, no measure moved: {listed}", WIDTH)


def _stillness(batch: BatchChange, moved: Sequence[Difference]) -> tuple[bool, float, str]:
    """Sort batches with another verdict first, then those that moved most."""
    largest = max((abs(one.difference or 0) for one in moved), default=0.0)
    return batch.before == batch.after, -largest, batch.batch_id


def _verdicts(batch: BatchChange) -> str:
    return f"{batch.before or 'not there'} -> {batch.after or 'not there'}"


def _measures(moved: Sequence[Difference]) -> Iterator[str]:
    """Yield each measure: before, after and their difference, with intervals."""
    names = [f"{visible(one.question_id, 20)} {short(one.measure)}" for one in moved]
    for one, name in zip(moved, names, strict=True):
        before = value(one.before, one.before_low, one.before_high)
        after = value(one.after, one.after_low, one.after_high)
        gap = span(one.difference, one.low, one.high, one.undefined, digits=2)
        yield f"{name:<{max(map(len, names))}}  {before} -> {after}  {gap}"
