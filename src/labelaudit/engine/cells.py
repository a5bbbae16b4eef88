"""Scan A: how often each label was given, by batch, vendor, annotator and kind.

The distinct combinations are few, so a rule about any of them is held against these cells
and not against every row; rules about the other columns are counted in the same scan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.engine.sql import ident

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from labelaudit.engine.casts import Fault
    from labelaudit.engine.session import Session

_KEYS = ("question_id", "batch_id", "vendor", "annotator_id", "annotator_kind", "label")
_BY = ("batch_id", "vendor", "annotator_id", "label")
HUMAN = "annotator_kind = 'human'"


def count_faults(session: Session, view: str, faults: Sequence[Fault]) -> tuple[int, ...]:
    """Return how many rows of a view each fault is true of."""
    counted = ", ".join(f"count(*) filter (where {fault.predicate})" for fault in faults)
    return session.integers(f"select {counted} from {ident(view)}") if faults else ()


def keep_cells(session: Session, view: str, table: str, faults: Sequence[Fault]) -> tuple[int, ...]:
    """Make the table of a view's cells; return how many rows each fault is true of."""
    by_row = [fault for fault in faults if fault.column not in _KEYS]
    counted = "".join(
        f", count(*) filter (where {fault.predicate}) as fault_{number}"
        for number, fault in enumerate(by_row)
    )
    keys = ", ".join(_KEYS)
    session.do(
        f"create or replace temp table {ident(table)} as"
        f" select {keys}, count(*) as count{counted} from {ident(view)} group by {keys}"
    )
    sums = ", ".join(_rows_at_fault(fault, by_row) for fault in faults)
    return session.integers(f"select {sums} from {ident(table)}") if faults else ()


def _rows_at_fault(fault: Fault, by_row: Sequence[Fault]) -> str:
    if fault in by_row:
        return f"sum(fault_{by_row.index(fault)})"
    return f"sum(count) filter (where {fault.predicate})"


def answered_cells(session: Session, view: str, table: str | None = None) -> pa.Table:
    """Return the cells of people's answers, from the table of all cells where there is one."""
    count = "count(*)" if table is None else "sum(count)::bigint"
    by = ", ".join(_BY)
    return session.table(
        f"select {by}, {count} as count from {ident(table or view)} where {HUMAN} group by {by}"
    )
