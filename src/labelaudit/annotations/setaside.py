"""What was set aside, and where: rejected cells, repeated annotations, superseded attempts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.annotations.counting import aside_table
from labelaudit.annotations.validate import REJECTED, answers_view
from labelaudit.errors import SHOWN
from labelaudit.model import Rejection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.engine.session import Session

REJECTED_CELLS = "rejected_cells"
_SHOWN_CHARACTERS = 80
# a spreadsheet runs a cell that starts like this; real negative numbers are left alone
_FORMULA = r"'^\s*[=+\-@\t\r\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]'"


def name_rejected(session: Session) -> None:
    """Make the view of rejected cells as people may see them (needs `files`, `people`)."""
    session.view(
        REJECTED_CELLS,
        "select f.path as file, line as row, batch_id as batch, question_id as question,"
        ' column_name as "column",'
        " case when column_name = 'annotator_id' then coalesce(p.shown, value) else value end"
        f" as value, reason from {REJECTED} r left join files f on f.number = r.file"
        " left join people p on p.name = r.annotator_id",
    )


def rejected_for_spreadsheets() -> str:
    """Return the query for all rejected cells, none of which a spreadsheet takes for a formula."""
    guarded = ", ".join(
        f'case when regexp_matches("{name}", {_FORMULA}) and try_cast("{name}" as double) is null'
        f' then \'\'\'\' || "{name}" else "{name}" end as "{name}"'
        for name in ("file", "batch", "question", "value")
    )
    return f"select * replace ({guarded}) from (from {REJECTED_CELLS} order by all)"


def rejections(session: Session) -> tuple[Rejection, ...]:
    """Count rejected cells by reason, batch and column, with a few distinct values."""
    rows = session.rows(
        "select reason, coalesce(batch, ''), \"column\", count(*), list_sort(list(distinct"
        f" left(coalesce(value, ''), {_SHOWN_CHARACTERS})))[:{SHOWN}]"
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
        f" from {REJECTED} group by 1 order by 1",
    )


def rejected_by_file(session: Session) -> Mapping[str, int]:
    """Count rejected rows by file number."""
    return _counts(session, f"select file, count(distinct line) from {REJECTED} group by 1")


def delivered_by_batch(session: Session, questions: int, *, long: bool) -> Mapping[str, int]:
    """Count all delivered rows by batch, where any was rejected.

    In a file long in questions each view has rows of its own, and the rows of an unknown
    question are in none; else every row stands in the view of each question.
    """
    if session.integers(f"select count(*) from {REJECTED}") == (0,):
        return {}
    rows = " union all ".join(
        f"select batch_id from {answers_view(number)}" for number in range(questions if long else 1)
    )
    unknown = f"select batch_id from {REJECTED} where reason = 'unknown-question'"
    return _counts(
        session,
        f"select coalesce(batch_id, ''), count(*) from ({rows} union all {unknown})"
        " group by 1 order by 1",
    )


def aside_by_batch(session: Session, questions: int, why: str) -> Mapping[str, int]:
    """Count annotations that were set aside for one reason, by batch."""
    tables = " union all ".join(f"from {aside_table(number)}" for number in range(questions))
    return _counts(
        session,
        f"select batch_id, count(*) from ({tables}) where why = '{why}' group by 1 order by 1",
    )


def _counts(session: Session, query: str) -> Mapping[str, int]:
    return {str(name): int(str(count)) for name, count in session.rows(query)}
