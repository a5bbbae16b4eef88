"""The review store: what reviewers are shown, and every decision they made.

Its tables are runs, flags (units put before a reviewer), cards (what of each unit is shown), flags
on people, notes upon these,
decisions and events. Decisions and events are only ever added; an undo is a row of its own. The
store knows no screen, no clock and no chance: who, when and which seed are passed in.
"""

from __future__ import annotations

from labelaudit.errors import MissingExtraError

try:
    from labelaudit.review.store import Store, open_store
except ImportError as error:
    if (error.name or "").partition(".")[0] not in {"sqlalchemy", "alembic"}:
        raise
    raise MissingExtraError("the review store", "app") from error

from labelaudit.review.log import DecisionFilter, DecisionLine, Event, EventFilter
from labelaudit.review.persons import PersonFlag, PersonNote, PersonOutcome
from labelaudit.review.sending import Export, Exported, Planned, Wanted
from labelaudit.review.shown import Answer, Card, Shown
from labelaudit.review.trouble import StoreUnavailableError
from labelaudit.review.words import (
    Choice,
    Decision,
    Filter,
    Flag,
    Imported,
    Outcome,
    Page,
    Run,
    Unsettled,
    Verification,
)

__all__ = [
    "Answer",
    "Card",
    "Choice",
    "Decision",
    "DecisionFilter",
    "DecisionLine",
    "Event",
    "EventFilter",
    "Export",
    "Exported",
    "Filter",
    "Flag",
    "Imported",
    "Outcome",
    "Page",
    "PersonFlag",
    "PersonNote",
    "PersonOutcome",
    "Planned",
    "Run",
    "Shown",
    "Store",
    "StoreUnavailableError",
    "Unsettled",
    "Verification",
    "Wanted",
    "open_store",
]
