"""Scan A: how often each label was given, by batch, vendor, annotator and kind.

The distinct combinations are few, so a rule about any of them is held against these cells
and not against every row. Rules about other columns share one count in the same scan; which
of them is broken is asked only where one is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.engine.sql import ident

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pyarrow as pa

    from labelaudit.engine.casts import Fault
    from labelaudit.engine.session import Session

_KEYS = ("question_id", "batch_id", "vendor", "annotator_id", "annotator_kind", "label")
_BY = ("batch_id", "vendor", "annotator_id", "label")
HUMAN = "annotator_kind = 'human'"


def count_faults(
    session: Session, view: str, faults: Sequence[Fault], count: str = "count(*)"
) -> dict[Fault, int]:
    """Return how many rows of a view each fault is true of."""
    if not faults:
        return {}
    counted = ", ".join(f"{count} filter (where {fault.predicate})" for fault in faults)
    found = session.integers(f"select {counted} from {ident(view)}")
    return dict(zip(faults, found, strict=True))


def keep_cells(
    session: Session,
    view: str,
    table: str,
    faults: Sequence[Fault],
    constant: Collection[str] = (),
) -> dict[Fault, int]:
    """Make the table of a view's cells; return how many rows each fault is true of.

    `constant` are columns that are the same in every row.
    """
    of_rows = [fault for fault in faults if fault.column not in _KEYS]
    any_fault = " or ".join(f"({fault.predicate})" for fault in of_rows)
    at_fault = f"count(*) filter (where {any_fault})" if any_fault else "0"
    keys = ", ".join(key for key in _KEYS if key not in constant)
    same = ", ".join(key for key in _KEYS if key in constant)
    session.do(
        f"create or replace temp table {ident(table)} as"
        f" select * from (select {keys}, count(*) as count, {at_fault} as at_fault"
        f" from {ident(view)} group by {keys}), (select {same or '1'} from {ident(view)} limit 1)"
    )
    of_cells = [fault for fault in faults if fault.column in _KEYS]
    counts = count_faults(session, table, of_cells, "sum(count)")
    (found,) = session.integers(f"select sum(at_fault) from {ident(table)}")
    return counts | (count_faults(session, view, of_rows) if found else {})


def answered_cells(session: Session, view: str, table: str | None = None) -> pa.Table:
    """Return the cells of people's answers, from the table of all cells where there is one."""
    by = ", ".join(_BY)
    if table is not None:
        return session.table(f"select {by}, count from {ident(table)} where {HUMAN}")
    return session.table(
        f"select {by}, count(*) as count from {ident(view)} where {HUMAN} group by {by}"
    )
