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

_KEY = "item_id, annotator_id, attempt"
_ORDER = {
    "first": "submitted_at asc nulls last, file, line",
    "last": "submitted_at desc nulls last, file desc, line desc",
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
    session: Session,
    view: str,
    aside: str,
    policy: DuplicatePolicy,
    place: Callable[[int, int], str],
    shown: Callable[[str], str],
) -> None:
    """Set aside the repetitions that the policy drops.

    Raises
    ------
    InputError
        If the policy is "error": with the pairs and the lines they stand on.

    """
    groups = (
        f"select {_KEY} from {view} where annotator_kind = 'human' and label is not null"
        " group by all having count(*) > 1"
    )
    if policy == "error":
        _stop(session, view, groups, place, shown)
    session.do(
        f"insert into {aside} select file, line, annotator_id, batch_id, 'repeated' from ("
        "select x.file, x.line, x.annotator_id, x.batch_id, row_number() over"
        f" (partition by item_id, annotator_id, attempt order by {_ORDER[policy]}) as place"
        f" from {view} x join ({groups}) g using ({_KEY})) where place > 1"
    )


def _stop(
    session: Session,
    view: str,
    groups: str,
    place: Callable[[int, int], str],
    shown: Callable[[str], str],
) -> None:
    (count,) = session.integers(f"select count(*) from ({groups})")
    rows = session.rows(
        "select item_id, annotator_id, list(distinct label order by label),"
        " list(file order by file, line), list(line order by file, line)"
        f" from {view} join ({groups}) g using ({_KEY})"
        f" group by 1, 2 order by 1, 2 limit {SHOWN}"
    )
    examples = []
    for item, annotator, labels, files, lines in rows:
        at = ", ".join(place(f, n) for f, n in zip(files, lines, strict=True))  # type: ignore[call-overload]
        gave = " and ".join(repr(label) for label in labels)  # type: ignore[attr-defined]
        examples.append(f"item {item}, annotator {shown(str(annotator))}: {gave} at {at}")
    raise InputError(
        "the delivery",
        "expected one annotation per item, annotator and attempt; found the same annotator"
        f" on the same item more than once, {count:,} time{'s' if count != 1 else ''}",
        examples=examples,
        count=count,
        next_step='set duplicates = "first" or "last" under [delivery] to keep one of each,'
        " or ask the vendor which one counts",
    )
