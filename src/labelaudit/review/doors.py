"""Parts of the store's door: people, what is sent to vendors, and the record to search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.review import exporting, gating, log, people
from labelaudit.review.sending import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from labelaudit.review.database import Database
    from labelaudit.review.log import DecisionFilter, DecisionLine, Event, EventFilter
    from labelaudit.review.persons import PersonFlag, PersonOutcome, PersonState, Side
    from labelaudit.review.sending import Export, Exported, Planned
    from labelaudit.reviewed import Reviewed


class PeopleDoor:
    """Flags on people."""

    _database: Database

    def people(self, run_id: str) -> tuple[PersonFlag, ...]:
        """Return what checks saw of people in a run, with what was said of it."""
        with self._database.reading(snapshot=True) as connection:
            return people.people_of(connection, run_id)

    def settle_person(
        self,
        flag_id: int,
        version: int,
        actor: str,
        state: PersonState,
        note: str,
        now: datetime,
        *,
        side: Side = "buyer",
    ) -> PersonOutcome:
        """Say something of a flag on a person, and move it to a state that this side may choose.

        Whoever comes second is not accepted. The buyer upholds and withdraws; the vendor
        appeals; staying in a state adds a note. A note is always needed (UsageError).
        """
        with self._database.writing() as connection:
            return people.settle_person(connection, flag_id, version, actor, state, note, now, side)


class ExportDoor:
    """What is sent to vendors."""

    _database: Database

    def export(
        self,
        run_id: str,
        actor: str,
        now: datetime,
        wanted: Wanted | None = None,
        *,
        planned: Sequence[Planned] = (),
    ) -> Exported:
        """Write a relabel file or the decisions of a run, and keep its rows as sent.

        A decision that was sent can no longer be undone, only decided anew.

        Parameters
        ----------
        run_id
            The run.
        actor, now
            Who sends it, and when.
        wanted
            What it shall hold; by default a relabel file as CSV, without reviewers' answers.
        planned
            Units of the relabeling plan, to stand after those that reviewers decided.

        """
        with self._database.writing() as connection:
            return exporting.export(connection, run_id, wanted or Wanted(), actor, now, planned)

    def reviewed(self, folder: Path) -> Reviewed:
        """Return what follows from the decisions upon a run folder, for a gate.

        Raises
        ------
        UsageError
            If the run is not in the store, or the store's record is broken.

        """
        with self._database.reading(snapshot=True) as connection:
            return gating.reviewed_run(connection, folder, self._database.where)

    def exports(self, run_id: str | None = None) -> tuple[Export, ...]:
        """Return what was sent of a run, or of all, newest first."""
        with self._database.reading() as connection:
            return exporting.exports_of(connection, run_id)


class LogDoor:
    """What was decided and done, to be searched."""

    _database: Database

    def decisions(
        self, wanted: DecisionFilter, *, page: int = 1, size: int = 50
    ) -> tuple[tuple[DecisionLine, ...], int]:
        """Return a page of the decisions of a run, newest first, and how many there are."""
        with self._database.reading() as connection:
            return log.decisions(connection, wanted, page, size)

    def concluded(self, run_id: str) -> dict[str, int]:
        """Return how many flags of a run stand decided in each way."""
        with self._database.reading() as connection:
            return log.concluded(connection, run_id)

    def events(
        self, wanted: EventFilter | None = None, *, page: int = 1, size: int = 50
    ) -> tuple[tuple[Event, ...], int]:
        """Return a page of the record, newest first, and how many entries fit."""
        with self._database.reading() as connection:
            return log.events(connection, wanted or log.EventFilter(), page, size)

    def actions(self) -> tuple[str, ...]:
        """Return what was done so far, by name."""
        with self._database.reading() as connection:
            return log.actions(connection)

    def head(self) -> tuple[int, str]:
        """Return how many entries the record has, and the hash of the last: publish it."""
        with self._database.reading() as connection:
            return log.head(connection)
