"""What one reviewer did last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from labelaudit.review.rows import decision_of
from labelaudit.review.tables import DECISIONS, FLAGS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from labelaudit.review.words import Decision


def last_decision(connection: Connection, run_id: str, reviewer: str) -> Decision | None:
    """Return the latest decision of a reviewer that stands and was made in this run."""
    stands = (DECISIONS.c.flag_id == FLAGS.c.id) & (DECISIONS.c.version == FLAGS.c.version)
    query = (
        select(DECISIONS)
        .join(FLAGS, stands)
        .where(
            DECISIONS.c.reviewer == reviewer,
            DECISIONS.c.kind != "undo",
            DECISIONS.c.carried_from.is_(None),
            FLAGS.c.run_id == run_id,
        )
    )
    last = query.order_by(DECISIONS.c.id.desc()).limit(1)
    row = connection.execute(last).mappings().one_or_none()
    return decision_of(row) if row else None
