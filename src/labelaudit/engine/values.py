"""Scan A: the distinct values of each column of names, and how many rows are at fault.

The values are few, so a rule about such a column is held against its values and not against
every row. Rules about other columns share one count in a scan; which of them is broken is
asked only where one is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.engine.sql import ident

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from labelaudit.engine.casts import Fault
    from labelaudit.engine.session import Session

HUMAN = "annotator_kind = 'human'"
ANSWER = f"({HUMAN} and label is not null)"
"""Whether a row is an annotation that counts."""
GOLD = "case when annotator_kind = 'gold' then label else gold end"
"""The gold label that a row tells."""

_NAMES = ("batch_id", "vendor", "annotator_id", "label")
_RULED = ("batch_id", "annotator_id", "label")
_TOLD = "told"


@dataclass(frozen=True, slots=True)
class Values:
    """The distinct values of people's answers, and what else their rows hold.

    `missing` counts answers left empty, `others` rows that are nobody's answer; `gold` are
    the gold labels of all rows, `gold_alone` whether rows may tell gold that are no answers.
    """

    batches: tuple[str, ...]
    vendors: tuple[str, ...]
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    missing: int
    others: bool
    gold: frozenset[str]
    gold_alone: bool


def keep_values(session: Session, view: str, table: str, constant: Collection[str] = ()) -> None:
    """Make the table of a view's values: column_name, annotator_kind, value, count.

    `constant` are columns that are the same in every row.
    """
    columns = [*(name for name in _NAMES if name not in constant), _TOLD]
    fixed = "annotator_kind" in constant
    by = [f"({name})" if fixed else f"(annotator_kind, {name})" for name in columns]
    called = " ".join(f"when grouping({name}) = 0 then '{name}'" for name in columns)
    kind = f"(select annotator_kind from {ident(view)} limit 1)" if fixed else "annotator_kind"
    session.do(
        f"create or replace temp table {ident(table)} as select case {called} end as column_name,"
        f" {kind} as annotator_kind, coalesce({', '.join(columns)}) as value, count(*) as count"
        f" from (select *, {GOLD} as {_TOLD} from {ident(view)})"
        f" group by grouping sets ({', '.join(by)})"
    )
    for name in set(_NAMES).intersection(constant):
        session.do(
            f"insert into {ident(table)} select '{name}', annotator_kind,"
            f" (select {name} from {ident(view)} limit 1), sum(count) from {ident(table)}"
            " where column_name = 'label' group by annotator_kind"
        )


def count_faults(session: Session, view: str, faults: Sequence[Fault]) -> dict[Fault, int]:
    """Return how many rows of a view each fault is true of."""
    return _counted(session, ident(view), "count(*)", faults)


def count_faults_by_values(
    session: Session, view: str, table: str, faults: Sequence[Fault]
) -> dict[Fault, int]:
    """Return the same, where the table of the view's values is there."""
    counts: dict[Fault, int] = {}
    for name in _RULED:
        of_column = [fault for fault in faults if fault.column == name]
        values = (
            f"(select value as {name}, (select question_id from {ident(view)} limit 1)"
            f" as question_id, count from {ident(table)} where column_name = '{name}')"
        )
        counts |= _counted(session, values, "sum(count)", of_column)
    of_rows = [fault for fault in faults if fault.column not in _RULED]
    any_fault = " or ".join(f"({fault.predicate})" for fault in of_rows)
    if any_fault and session.rows(f"select 1 from {ident(view)} where {any_fault} limit 1"):
        counts |= count_faults(session, view, of_rows)
    return counts


def _counted(session: Session, rows: str, count: str, faults: Sequence[Fault]) -> dict[Fault, int]:
    if not faults:
        return {}
    counted = ", ".join(f"{count} filter (where {fault.predicate})" for fault in faults)
    return dict(zip(faults, session.integers(f"select {counted} from {rows}"), strict=True))


def values_of(session: Session, view: str, table: str | None = None) -> Values:
    """Return the values of a view, from their table where there is one."""
    if table is None:
        table = "values_now"
        keep_values(session, view, table)
    found: defaultdict[tuple[str, bool], dict[str | None, int]] = defaultdict(dict)
    for name, human, value, count in session.rows(
        f"select column_name, {HUMAN}, value, sum(count) from {ident(table)} group by all"
    ):
        called = None if value is None else str(value)
        found[str(name), bool(human)][called] = int(str(count))
    batches, vendors, annotators, labels = (_texts(found[name, True]) for name in _NAMES)
    told, told_beside = _texts(found[_TOLD, True]), _texts(found[_TOLD, False])
    missing = found["label", True].get(None, 0)
    return Values(
        batches,
        vendors,
        annotators,
        labels,
        missing=missing,
        others=bool(found["label", False]),
        gold=frozenset(told + told_beside),
        gold_alone=bool(told_beside or (told and missing)),
    )


def _texts(counts: Mapping[str | None, int]) -> tuple[str, ...]:
    """Return the texts in code point order."""
    return tuple(sorted(value for value in counts if value is not None))
