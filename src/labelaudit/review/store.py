"""The door of the review store: each method is one transaction, or one read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import select

from labelaudit.review import (
    claiming,
    copying,
    deciding,
    finding,
    importing,
    rounds,
    verifying,
)
from labelaudit.review.asking import Asking
from labelaudit.review.cards import find_card
from labelaudit.review.database import Database
from labelaudit.review.doors import ExportDoor, LogDoor, PeopleDoor
from labelaudit.review.folder import read_folder
from labelaudit.review.rows import decision_of, find_flag, flag_of, run_of
from labelaudit.review.tables import DECISIONS, RUNS

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from labelaudit.model import Estimate
    from labelaudit.review.shown import Card
    from labelaudit.review.words import (
        Choice,
        Decision,
        Filter,
        Flag,
        Imported,
        Order,
        Outcome,
        Page,
        Run,
        Unsettled,
        Verification,
    )

DEFAULT = "labelaudit-reviews.db"
HOLD = timedelta(minutes=5)
"""How long a claim keeps others off, unless it is renewed."""


def open_store(db: str = DEFAULT, *, create: bool = True) -> Store:
    """Open a review store, making it or bringing it to this version where needed.

    Parameters
    ----------
    db
        A file, for SQLite on a local disk, or `postgresql+psycopg://user@host/database`.
    create
        Whether a file that is not there is made.

    Raises
    ------
    UsageError
        If there is none and none is made, a newer labelaudit made it, it is no review store,
        or it lies on a network drive.
    StoreUnavailableError
        If the database does not answer.
    MissingExtraError
        If psycopg is needed and not installed.

    """
    return Store(Database(db, create=create))


class Store(Asking, PeopleDoor, ExportDoor, LogDoor):
    """Runs, flags, decisions and events in one database; safe to share between threads.

    Writers stand in one line, so what a method returned is on the disk and in the chain of
    events, once. Whoever decides passes the time; nothing here asks a clock.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def where(self) -> str:
        """The file, or the address without its password."""
        return self._database.where

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    # --- runs ---------------------------------------------------------------------------

    def import_run(
        self,
        folder: Path,
        actor: str,
        now: datetime,
        *,
        dataset: str | None = None,
        after: str | None = None,
    ) -> Imported:
        """Take in a run folder: the units drawn for review and those that checks point at.

        Parameters
        ----------
        folder
            What `labelaudit audit` wrote. The same run twice is taken once.
        actor, now
            Who does it, and when.
        dataset
            Its name; by default that of `after`, else of the folder that was audited.
        after
            The run that this one follows: its decisions are carried over where item and label
            are the same, and reopened where they are not.

        Raises
        ------
        InputError
            If the folder is no whole run of a version that can be read.

        """
        run = read_folder(folder)
        with self._database.writing() as connection:
            return importing.add_run(connection, run, actor, now, dataset, after)

    def runs(self) -> tuple[Run, ...]:
        """Return the runs, newest first."""
        query = select(RUNS).order_by(RUNS.c.created.desc(), RUNS.c.id)
        with self._database.reading() as connection:
            return tuple(run_of(row) for row in connection.execute(query).mappings())

    # --- flags --------------------------------------------------------------------------

    def flag(self, flag_id: int) -> Flag | None:
        """Return a flag as it is now."""
        with self._database.reading() as connection:
            row = find_flag(connection, flag_id)
        return flag_of(row) if row else None

    def flags(
        self, wanted: Filter, *, order: Order = "risk", after: int | None = None, size: int = 50
    ) -> Page:
        """Return a page of flags; `after` is what the page before said."""
        with self._database.reading() as connection:
            return finding.page(connection, wanted, order, after, size)

    def counts(self, wanted: Filter) -> dict[str, int]:
        """Return how many flags are open, skipped and decided."""
        with self._database.reading() as connection:
            return finding.tally(connection, wanted)

    def open_by_batch(self, run_id: str) -> dict[str, int]:
        """Return how many flags of each batch wait for a decision."""
        with self._database.reading() as connection:
            return finding.open_by_batch(connection, run_id)

    def upcoming(
        self,
        wanted: Filter,
        reviewer: str,
        now: datetime,
        *,
        order: Order = "risk",
        count: int = 2,
        after: int | None = None,
    ) -> list[Flag]:
        """Return what comes next for a reviewer, or next after a flag, without claiming it."""
        with self._database.reading() as connection:
            return finding.upcoming(connection, wanted, reviewer, now, order, count, after)

    def take_next(
        self,
        wanted: Filter,
        reviewer: str,
        now: datetime,
        *,
        order: Order = "risk",
        after: int | None = None,
    ) -> Flag | None:
        """Claim the next open flag that nobody else has; None where none is left."""
        until = now + HOLD
        with self._database.writing() as connection:
            return claiming.take_next(connection, wanted, reviewer, now, order, until, after)

    def claim(self, flag_id: int, reviewer: str, now: datetime) -> Flag | None:
        """Claim a flag, or renew the claim; None where somebody else has it, or had it."""
        with self._database.writing() as connection:
            return claiming.claim(connection, flag_id, reviewer, now, now + HOLD)

    def release(self, flag_id: int, reviewer: str) -> None:
        """Give a claim back."""
        with self._database.writing() as connection:
            claiming.release(connection, flag_id, reviewer)

    def card(self, flag_id: int) -> Card | None:
        """Return what is shown of a flag; None where its run has no cards."""
        with self._database.reading() as connection:
            return find_card(connection, flag_id)

    # --- decisions ----------------------------------------------------------------------

    def decide(
        self, flag_id: int, version: int, reviewer: str, choice: Choice, now: datetime
    ) -> Outcome:
        """Decide upon the version of a flag that was on screen.

        Whoever comes second is not accepted, and told whose decision stands. In another round
        the same unit is for somebody else (UsageError).
        """
        with self._database.writing() as connection:
            return deciding.decide(connection, flag_id, version, reviewer, choice, now)

    def decide_anew(
        self, flag_id: int, version: int, reviewer: str, choice: Choice, now: datetime
    ) -> Outcome:
        """Decide otherwise what was decided and sent to a vendor, where an undo is too late.

        Upon the version that was on screen; the new decision supersedes the one that stood.
        """
        with self._database.writing() as connection:
            return deciding.decide_anew(connection, flag_id, version, reviewer, choice, now)

    def undo(self, decision_id: int, reviewer: str, now: datetime) -> Outcome:
        """Take back one's own decision by a row that supersedes it, and open its flag again.

        A decision that was exported stays (UsageError): decide anew.
        """
        with self._database.writing() as connection:
            return deciding.undo(connection, decision_id, reviewer, now)

    def history(self, flag_id: int) -> tuple[Decision, ...]:
        """Return every decision and undo of a flag, first to last."""
        query = select(DECISIONS).where(DECISIONS.c.flag_id == flag_id)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(DECISIONS.c.version)).mappings()
            return tuple(decision_of(row) for row in rows)

    # --- rounds -------------------------------------------------------------------------

    def open_second_round(
        self, run_id: str, share: float, actor: str, now: datetime, *, seed: int = 0
    ) -> int:
        """Put a share of the decided units before a second reviewer; return how many more."""
        with self._database.writing() as connection:
            return rounds.second_round(connection, run_id, share, seed, actor, now)

    def open_third_round(self, run_id: str, actor: str, now: datetime) -> int:
        """Put the units that two reviewers differ on before a third; return how many more."""
        with self._database.writing() as connection:
            return rounds.third_round(connection, run_id, actor, now)

    def unsettled(self, run_id: str) -> tuple[Unsettled, ...]:
        """Return the units that two reviewers differ on and no third one has decided."""
        with self._database.reading() as connection:
            return rounds.unsettled(connection, run_id)

    def reviewer_agreement(self, run_id: str) -> tuple[Estimate, ...]:
        """How far do first and second reviewers agree? Raw, and beyond chance (alpha)."""
        with self._database.reading() as connection:
            return rounds.agreement(connection, run_id)

    # --- the record ---------------------------------------------------------------------

    def verify(self) -> Verification:
        """Is every entry and every decision as it was written?"""
        with self._database.reading(snapshot=True) as connection:
            return verifying.verify(connection)

    def backup(self, file: Path) -> int:
        """Write everything to one new SQLite file, while others go on; return its entries."""
        return copying.backup(self._database, file)

    def restore(self, file: Path) -> int:
        """Fill this empty store from a backup whose record is whole; return its entries.

        Raises
        ------
        UsageError
            If this store is not empty.
        InputError
            If the backup is not there, or its record is broken.

        """
        return copying.restore(self._database, file)
