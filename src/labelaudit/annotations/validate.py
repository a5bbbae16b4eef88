"""Find every row at fault: by pandera up to `FRAME_ROWS` rows, by the same rules in SQL above.

What is found goes to the table `rejected`, one row per fault; the views `valid_<n>` hold
the rest. A cell that could not be cast is NULL here, so no schema rule judges it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.annotations.rules import IS_LIST, OUTSIDE, rules, set_domains
from labelaudit.engine.answers import KEPT, text_of, unknown_questions
from labelaudit.engine.reading_labels import is_list, members_outside
from labelaudit.engine.sql import text
from labelaudit.engine.values import count_faults, count_faults_by_values, keep_values

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from labelaudit.engine.casts import Fault
    from labelaudit.engine.session import Session
    from labelaudit.model import Columns, Question

FRAME_ROWS = 200_000
"""Up to this many rows pandera sees every one; above, its rules run inside the engine."""

REJECTED = "rejected"
KEY = ("file", "line", "question_id", "annotator_id", "batch_id")
"""The first columns of `rejected`: which row is at fault."""
_COLUMNS = (
    "file bigint, line bigint, question_id varchar, annotator_id varchar, batch_id varchar,"
    " column_name varchar, value varchar, reason varchar"
)


def answers_view(number: int) -> str:
    """Return the name of the view of a question's canonical annotations, faults and all."""
    return f"answers_{number}"


def valid_view(number: int) -> str:
    """Return the name of the view of a question's rows without a fault."""
    return f"valid_{number}"


def validate(
    session: Session,
    questions: Sequence[Question],
    cast_faults: Sequence[Fault],
    rows: int,
    constant: Collection[str] = (),
) -> tuple[str | None, ...]:
    """Fill `rejected` and make the views of valid rows for each of the questions.

    Parameters
    ----------
    session
        The engine, with a view of each question's canonical annotations.
    questions
        What was asked, in the order of their views.
    cast_faults
        What tells a cell that could not be cast from an empty one.
    rows
        How many rows were delivered.
    constant
        Columns that are the same in every row.

    Returns
    -------
    tuple
        For each question the table of its values, None where they were not collected or rows
        were rejected.

    """
    session.do(f"create or replace table {REJECTED} ({_COLUMNS})")
    by_frame, values, domains = rows <= FRAME_ROWS, [], set_domains(questions)
    if domains:
        session.teach(OUTSIDE, members_outside, texts=2)
    possible = [*cast_faults, *(rule for rule in rules(questions) if rule.column not in constant)]
    for number, question in enumerate(questions):
        view, table = answers_view(number), f"values_{number}"
        if by_frame:
            _by_frame(session, view, questions, cast_faults)
        else:
            _by_rules(session, view, table, possible, constant)
        if allowed := domains.get(question.question_id):
            _name_members(session, question.question_id, allowed)
        rejected = _view_valid(session, number, question.question_id)
        values.append(None if by_frame or rejected else table)
    return tuple(values)


def reject_unknown_questions(
    session: Session, columns: Columns, questions: tuple[Question, ...], batches: tuple[str, ...]
) -> None:
    """Reject rows of a file long in questions whose question the project does not know."""
    session.do(f"insert into {REJECTED} {unknown_questions(columns, questions, batches)}")


def _by_rules(
    session: Session,
    view: str,
    values: str,
    faults: Sequence[Fault],
    constant: Collection[str],
) -> None:
    """Count all faults in two scans; fetch the rows of those that occur."""
    session.teach(IS_LIST, is_list)
    keep_values(session, view, values, constant)
    _reject(session, view, count_faults_by_values(session, view, values, faults))


def _reject(session: Session, view: str, counts: Mapping[Fault, int]) -> None:
    """Fetch the rows of the faults that occur."""
    for fault, count in counts.items():
        if count:
            session.do(
                f"insert into {REJECTED} select {', '.join(KEY)}, '{fault.column}',"
                f" {text_of(fault.column)}, '{fault.reason}' from {view} where {fault.predicate}"
            )


def _name_members(session: Session, question: str, allowed: str) -> None:
    """Say of rejected sets which members are outside the domain."""
    outside = f"{OUTSIDE}(value, {text(allowed)})"
    session.do(
        f"update {REJECTED} set value = {outside} || ' in ' || value"
        f" where reason = 'label-not-in-domain' and question_id = {text(question)}"
    )


def _by_frame(
    session: Session, view: str, questions: Sequence[Question], cast_faults: Sequence[Fault]
) -> None:
    from labelaudit.annotations.by_frame import failures

    _reject(session, view, count_faults(session, view, cast_faults))
    found = failures(session.frame(f"select * from {view}"), questions, KEY)
    if found is not None:
        session.insert(REJECTED, found)


def _view_valid(session: Session, number: int, question: str) -> int:
    """Make the view of a question's valid rows; return how many of its cells are at fault."""
    (rejected,) = session.integers(
        f"select count(*) from {REJECTED} where question_id = {text(question)}"
    )
    where = (
        f" where not exists (select 1 from {REJECTED} r"
        " where r.file = x.file and r.line = x.line and r.question_id = x.question_id"
        " and r.annotator_id is not distinct from x.annotator_id)"
    )
    session.view(
        valid_view(number),
        f"select {', '.join(KEPT)} from {answers_view(number)} x{where if rejected else ''}",
    )
    return rejected
