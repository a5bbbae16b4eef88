"""What was set aside, and where: rejected cells, repeated annotations, superseded attempts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.errors import SHOWN
from labelaudit.model import Rejection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.engine.session import Session
    from labelaudit.model import Columns

REJECTED_CELLS = "rejected_cells"
# a spreadsheet runs a cell that starts like this; real negative numbers are left alone
_FORMULA = r"'^\s*[=+\-@\t\r\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]'"


def name_rejected(session: Session) -> None:
    """Make the view of rejected cells as people may see them (needs `files`, `people`)."""
    value = "case when column_name = 'annotator_id' then coalesce(p.shown, value) else value end"
    guarded = (
        f"case when regexp_matches({value}, {_FORMULA}) and try_cast({value} as double) is null"
        f" then '''' || {value} else {value} end"
    )
    session.view(
        REJECTED_CELLS,
        "select f.path as file, line as row, batch_id as batch, question_id as question,"
        f' column_name as "column", {guarded} as value, reason'
        " from rejected r left join files f on f.number = r.file"
        " left join people p on p.name = r.annotator_id",
    )


def rejections(session: Session) -> tuple[Rejection, ...]:
    """Count rejected cells by reason, batch and column, with a few distinct values."""
    rows = session.rows(
        "select reason, coalesce(batch, ''), \"column\", count(*),"
        f" list_sort(list(distinct left(coalesce(value, ''), 80)))[:{SHOWN}]"
        f" from {REJECTED_CELLS} group by all order by all"
    )
    return tuple(
        Rejection(str(reason), str(batch), str(column), int(str(count)), tuple(values))  # type: ignore[arg-type]
        for reason, batch, column, count, values in rows
    )


def rejected_by_batch(session: Session) -> Mapping[str, int]:
    """Count rejected rows by batch; a row with two faults counts once."""
    return _counts(
        session,
        "select coalesce(batch_id, ''), count(distinct (file, line, annotator_id))"
        " from rejected group by 1 order by 1",
    )


def rejected_by_file(session: Session) -> Mapping[str, int]:
    """Count rejected rows by file number."""
    return _counts(session, "select file, count(distinct line) from rejected group by 1")


def delivered_by_batch(session: Session, questions: int, columns: Columns) -> Mapping[str, int]:
    """Count all delivered rows by batch, where any was rejected."""
    if session.integers("select count(*) from rejected") == (0,):
        return {}
    # wide in questions: every row stands in the view of each question
    views = questions if columns.question else 1
    rows = " union all ".join(
        f"select coalesce(batch_id, '') as batch from answers_{number}" for number in range(views)
    )
    unknown = (
        " union all select coalesce(batch_id, '') from rejected where reason = 'unknown-question'"
    )
    return _counts(session, f"select batch, count(*) from ({rows}{unknown}) group by 1 order by 1")


def aside_by_batch(session: Session, questions: int, why: str) -> Mapping[str, int]:
    """Count annotations that were set aside for one reason, by batch."""
    tables = " union all ".join(f"from aside_{number}" for number in range(questions))
    return _counts(
        session,
        f"select batch_id, count(*) from ({tables}) where why = '{why}' group by 1 order by 1",
    )


def _counts(session: Session, query: str) -> Mapping[str, int]:
    return {str(name): int(str(count)) for name, count in session.rows(query)}
