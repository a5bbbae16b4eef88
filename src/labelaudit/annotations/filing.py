"""The annotations that count, as they are written to a file.

Names stand in many rows. As codes of an enumeration they are written in a third less time,
and a reader of the file finds the same texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.annotations.counting import COUNTED, current_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.engine.session import Session
    from labelaudit.model import Question

_LISTED = ("nominal", "ordinal", "preference")
"""Scales whose labels are few."""


def for_file(session: Session, questions: Sequence[Question]) -> str:
    """Return the query for the rows of `counted`, names as codes."""
    coded = [
        column
        for column, names in _names(questions)
        if session.keep_codes(_codes(column), f"select name from ({names}) where name is not null")
    ]
    codes = ", ".join(f"{_codes(column)}.code as {column}" for column in coded)
    joins = "".join(
        f" left join {_codes(column)} on {_codes(column)}.name = c.{column}" for column in coded
    )
    return f"select c.* replace ({codes}) from {COUNTED} c{joins}"


def _names(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """Yield the columns of names, each with the query for all of them."""
    yield "annotator_id", "select shown as name from people union select 'gold'"
    yield "annotator_kind", f"{_distinct(questions, 'annotator_kind')} union select 'gold'"
    yield "question_id", _distinct(questions, "question_id")
    yield "batch_id", _distinct(questions, "batch_id")
    yield "vendor", _distinct(questions, "vendor")
    if all(question.scale in _LISTED for question in questions):
        yield "label", _distinct(questions, "label", "gold")


def _distinct(questions: Sequence[Question], *columns: str) -> str:
    views = map(current_view, range(len(questions)))
    return " union ".join(
        f"select {name} as name from {view}" for view in views for name in columns
    )


def _codes(column: str) -> str:
    return f"{column}_codes"
