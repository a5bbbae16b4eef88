"""What the flags of a run can be filtered by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from labelaudit.review.tables import FLAGS

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection


@dataclass(frozen=True, slots=True)
class Facets:
    """The values that occur among the flags of a run, sorted."""

    questions: tuple[str, ...]
    batches: tuple[str, ...]
    vendors: tuple[str, ...]
    reasons: tuple[str, ...]
    labels: tuple[str, ...]


def facets(connection: Connection, run_id: str) -> Facets:
    """Return what occurs among the flags of a run."""
    spaced = _values(connection, run_id, FLAGS.c.reasons)
    return Facets(
        questions=_values(connection, run_id, FLAGS.c.question_id),
        batches=_values(connection, run_id, FLAGS.c.batch_id),
        vendors=_values(connection, run_id, FLAGS.c.vendor),
        reasons=tuple(sorted({reason for some in spaced for reason in some.split()})),
        labels=_values(connection, run_id, FLAGS.c.label),
    )


def _values(connection: Connection, run_id: str, column: Column[str]) -> tuple[str, ...]:
    query = select(column).where(FLAGS.c.run_id == run_id, column.is_not(None)).distinct()
    return tuple(sorted(str(value) for value in connection.execute(query).scalars()))
