"""One annotation per unit, annotator and attempt: find the repeated ones, keep one or stop.

A later attempt by the same annotator is a revision, not a repetition: it supersedes the
earlier ones, which stay in the delivery and are counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.errors import SHOWN, InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.engine.session import Session
    from labelaudit.model import DuplicatePolicy

ASIDE = "(file bigint, line bigint, annotator_id varchar, batch_id varchar, why varchar)"
"""The columns of a table of rows that were set aside."""

_KEY = "item_id, annotator_id, attempt"
_TIME = "coalesce(submitted_at, started_at)"
_ORDER = {
    "first": f"{_TIME} asc nulls last, file, line",
    "last": f"{_TIME} desc nulls last, file desc, line desc",
}


def superseded(session: Session, view: str, aside: str) -> None:
    """Set aside all but the highest attempt of each annotator at each unit."""
    newest = f"select item_id, annotator_id, max(attempt) as newest from {view} group by all"
    session.do(
        f"insert into {aside} select x.file, x.line, x.annotator_id, x.batch_id, 'superseded'"
        f" from {view} x join ({newest}) n on n.item_id = x.item_id"
        " and n.annotator_id = x.annotator_id and n.newest > x.attempt"
    )


def repeated(
    session: Session, view: str, aside: str, policy: DuplicatePolicy, say: Callable[..., str]
) -> None:
    """Set aside the repetitions that the policy drops.

    Parameters
    ----------
    session, view, aside
        Where the annotations are, and the table of what is set aside.
    policy
        What to do with repetitions.
    say
        Words for a repetition, from (item, annotator, labels, files, lines).

    Raises
    ------
    InputError
        If the policy is "error": with the pairs and the lines they stand on.

    """
    answered = f"(select * from {view} where annotator_kind = 'human' and label is not null)"
    groups = f"select {_KEY} from {answered} group by all having count(*) > 1"
    if policy == "error":
        raise _error(session, answered, groups, say)
    session.do(
        f"insert into {aside} select file, line, annotator_id, batch_id, 'repeated' from ("
        "select x.file, x.line, x.annotator_id, x.batch_id, row_number() over"
        f" (partition by item_id, annotator_id, attempt order by {_ORDER[policy]}) as place"
        f" from {answered} x join ({groups}) g using ({_KEY})) where place > 1"
    )


def _error(session: Session, answered: str, groups: str, say: Callable[..., str]) -> InputError:
    (count,) = session.integers(f"select count(*) from ({groups})")
    rows = session.rows(
        "select item_id, annotator_id, list(distinct label order by label),"
        " list(file order by file, line), list(line order by file, line)"
        f" from {answered} join ({groups}) g using ({_KEY})"
        f" group by {_KEY} order by {_KEY} limit {SHOWN}"
    )
    return InputError(
        "the delivery",
        "expected one annotation per item, annotator and attempt; found the same annotator"
        f" on the same item more than once, {count:,} time{'s' if count != 1 else ''}",
        examples=[say(*row) for row in rows],
        count=count,
        next_step='set duplicates = "first" or "last" under [delivery] to keep one of each,'
        " or ask the vendor which one counts",
    )
