"""Count each question, once repetitions and revisions are settled; list what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.annotations.duplicates import ASIDE, repeated, superseded
from labelaudit.annotations.validate import valid_view
from labelaudit.engine.answers import KEPT
from labelaudit.engine.tally import tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.engine.session import Session
    from labelaudit.engine.tables import Tally
    from labelaudit.model import DuplicatePolicy, Question

COUNTED = "counted"
"""The view of all questions' annotations that count, in canonical columns."""


def current_view(number: int) -> str:
    """Return the name of the view of a question's valid rows that were not set aside."""
    return f"current_{number}"


def aside_table(number: int) -> str:
    """Return the name of the table of a question's rows that were set aside."""
    return f"aside_{number}"


def count_question(
    session: Session,
    number: int,
    question: Question,
    values: str | None,
    *,
    attempts: bool,
    policy: DuplicatePolicy,
    say: Callable[..., str],
) -> Tally:
    """Count one question; a unit answered twice by one annotator is settled first.

    `values` is the table of its values where all its rows are valid, `attempts` whether the
    delivery tells them apart, `say` how an error names an annotator's rows.
    """
    valid, aside = valid_view(number), aside_table(number)
    session.do(f"create or replace table {aside} {ASIDE}")
    if attempts:
        superseded(session, valid, aside)
    left_out = _view_current(session, number)
    counts = tally(session, current_view(number), question, None if left_out else values)
    if counts.duplicates:
        repeated(session, current_view(number), aside, policy, say)
        _view_current(session, number)
        counts = tally(session, current_view(number), question)
    return counts


def _view_current(session: Session, number: int) -> int:
    """Make the view of valid annotations that count; return how many were set aside."""
    aside, where = aside_table(number), ""
    (left_out,) = session.integers(f"select count(*) from {aside}")
    if left_out:
        where = (
            f" x where not exists (select 1 from {aside} a where a.file = x.file"
            " and a.line = x.line and a.annotator_id is not distinct from x.annotator_id)"
        )
    session.view(current_view(number), f"select * from {valid_view(number)}{where}")
    return left_out


def list_counted(session: Session, questions: int) -> None:
    """Make the view of everything that counts, people as pseudonyms (needs `people`)."""
    session.view(COUNTED, " union all ".join(_counted(number) for number in range(questions)))


def _counted(number: int) -> str:
    """Return one question's annotations that count, gold as rows of its own."""
    columns = [name for name in KEPT if name not in {"gold", "annotator_id"}]
    gold = {
        "file": "min(file)",
        "line": "min(line)",
        "batch_id": "min(batch_id)",
        "annotator_kind": "'gold'",
        "attempt": "0",
        "label": "gold",
        **dict.fromkeys(("vendor", "duration_s", "started_at", "submitted_at"), "null"),
    }
    of_gold = ", ".join(gold.get(name, name) for name in columns)
    view = current_view(number)
    return (
        f"select coalesce(p.shown, x.annotator_id) as annotator_id, {', '.join(columns)}"
        f" from {view} x left join people p on p.name = x.annotator_id"
        f" union all select 'gold', {of_gold} from {view}"
        " where gold is not null and annotator_kind <> 'gold' group by item_id, question_id, gold"
    )
