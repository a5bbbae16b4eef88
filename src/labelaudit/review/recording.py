"""Writing decisions down: a row, and an entry of the chain that says the same."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from labelaudit.review import chain
from labelaudit.review.bulk import add_rows
from labelaudit.review.columns import stamp
from labelaudit.review.tables import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from labelaudit.review.words import Decision

_CHUNK = 2_000


def record(
    connection: Connection,
    decisions: Sequence[Decision],
    action: str,
    now: datetime,
    actor: str | None = None,
) -> None:
    """Add decisions, by the reviewer of each or, where others carry them over, by an actor."""
    for start in range(0, len(decisions), _CHUNK):
        some = decisions[start : start + _CHUNK]
        add_rows(connection, DECISIONS, [asdict(decision) for decision in some])
        entries = [
            chain.Entry(
                actor or decision.reviewer,
                action,
                f"flag {decision.flag_id}",
                {"decision": told_of(decision)},
            )
            for decision in some
        ]
        chain.append(connection, entries, now)


def told_of(decision: Decision) -> dict[str, object]:
    """Return a decision as an entry of the chain tells it."""
    return {**asdict(decision), "at": stamp(decision.at)}
