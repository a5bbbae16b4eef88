"""What a reviewer's page asks of the store beside its flags: plain reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.review import facets, mine, rates

if TYPE_CHECKING:
    from labelaudit.review.database import Database
    from labelaudit.review.facets import Facets
    from labelaudit.review.rates import Rate
    from labelaudit.review.words import Decision, Filter


class Asking:
    """The reads of a store that need no more than its database."""

    _database: Database

    def facets(self, run_id: str) -> Facets:
        """Return what the flags of a run can be filtered by."""
        with self._database.reading() as connection:
            return facets.facets(connection, run_id)

    def last_decision(self, run_id: str, reviewer: str) -> Decision | None:
        """Return the last decision of a reviewer that stands: the one that an undo takes back."""
        with self._database.reading() as connection:
            return mine.last_decision(connection, run_id, reviewer)

    def error_rate(self, wanted: Filter) -> Rate:
        """How many labels are wrong outside the worst-first queue? By what chance drew alone."""
        with self._database.reading() as connection:
            return rates.error_rate(connection, wanted)
