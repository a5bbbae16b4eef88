"""The rules of waivers: which reasons of a batch one covers, on which day. Knows no files.

A waiver lets a batch through in spite of one check; it never hides what the check saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from labelaudit.concluding import NO_THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

NOT_WAIVABLE = (NO_THRESHOLD,)
"""Reasons that are no check's: a gate without limits is not opened by a waiver."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One check that may fail in a scope until a day, why, and who answers for that.

    `scope` is a glob of batches, of vendors, or of `vendor/batch`.
    """

    check: str
    scope: str
    reason: str
    owner: str
    expires: date

    def covers(self, batch_id: str, vendors: Sequence[str]) -> bool:
        """Say whether a batch lies in the scope; of several vendors all must.

        Examples
        --------
        >>> from datetime import date
        >>> waiver = Waiver("low-agreement", "north/2026-*", "new guide", "ann", date(2026, 12, 31))
        >>> waiver.covers("2026-10", ["north"]), waiver.covers("2026-10", ["north", "south"])
        (True, False)

        """
        if batch_id == self.scope or fnmatchcase(batch_id, self.scope):
            return True
        return bool(vendors) and all(
            fnmatchcase(vendor, self.scope) or fnmatchcase(f"{vendor}/{batch_id}", self.scope)
            for vendor in vendors
        )


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers of a file on a day.

    Attributes
    ----------
    valid
        Those in force.
    expired
        Those whose day has passed: they waive nothing.
    faulty
        What is wrong with each entry that is no waiver.

    """

    valid: tuple[Waiver, ...] = ()
    expired: tuple[Waiver, ...] = ()
    faulty: tuple[str, ...] = ()


NO_WAIVERS = Waivers()


@dataclass(frozen=True, slots=True)
class Waived:
    """One reason of one batch, and the waiver that covers it."""

    batch_id: str
    check: str
    waiver: Waiver


def in_force(waivers: Sequence[Waiver], faulty: Sequence[str], today: date) -> Waivers:
    """Sort waivers by a day: the day a waiver expires is its last.

    Examples
    --------
    >>> from datetime import date
    >>> old = Waiver("low-agreement", "*", "new guide", "ann", date(2026, 10, 31))
    >>> len(in_force([old], [], date(2026, 10, 31)).valid)
    1
    >>> len(in_force([old], [], date(2026, 11, 1)).expired)
    1

    """
    return Waivers(
        valid=tuple(waiver for waiver in waivers if waiver.expires >= today),
        expired=tuple(waiver for waiver in waivers if waiver.expires < today),
        faulty=tuple(faulty),
    )


def waived(
    batch_id: str, vendors: Sequence[str], reasons: Sequence[str], waivers: Waivers
) -> tuple[Waived, ...]:
    """Return the reasons of a batch that a waiver covers, each with the first that does."""
    covering = [waiver for waiver in waivers.valid if waiver.covers(batch_id, vendors)]
    by_check = {waiver.check: waiver for waiver in reversed(covering)}
    return tuple(
        Waived(batch_id, reason, by_check[reason])
        for reason in reasons
        if reason in by_check and reason not in NOT_WAIVABLE
    )
