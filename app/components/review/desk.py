"""What lies on a reviewer's desk: one card, how it came there, and what waits to be recorded."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.review import Choice, Filter, Flag
    from labelaudit.review.words import Order

DWELL_S = 0.3
"""A card is on screen so long before a key decides it: a held key must not run through cards."""
RECOUNT_S = 10.0
"""So old may the counts of a queue be, which others work on as well."""
_KEY = "desk"


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision that the store has not confirmed yet."""

    flag_id: int
    version: int
    choice: Choice


@dataclass(slots=True)
class Desk:
    """One reviewer's place in one queue.

    Attributes
    ----------
    wanted, order
        Which flags come, and in which order.
    flag
        The one on screen; None where nothing is left.
    trail
        Flags that were on screen before, the last one last.
    picking
        Whether the label is said to be wrong, and the right one is asked for.
    said
        What the page is to say once.
    pending
        What the store did not answer to: kept until it does.
    stuck
        Whether the next card could not be had.
    linked
        The flag that the address names, once it was shown.
    counts
        How many flags of the queue are open, skipped and decided: asked for now and then, and
        kept up meanwhile.
    made
        How many decisions of each kind this visit brought.

    """

    wanted: Filter
    order: Order
    flag: Flag | None = None
    trail: list[int] = field(default_factory=list)
    picking: bool = False
    said: str = ""
    pending: Pending | None = None
    stuck: bool = False
    linked: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    counted: float = -RECOUNT_S
    made: Counter[str] = field(default_factory=Counter)
    since: float = field(default_factory=time.monotonic)
    _drawn: tuple[int, int] | None = None
    _shown: float = 0.0
    _quiet_from: float = 0.0

    def put(self, flag: Flag | None, *, leave_trail: bool = True) -> None:
        """Put another card on the desk."""
        left = self.flag
        if leave_trail and left is not None and (flag is None or flag.id != left.id):
            self.trail.append(left.id)
        self.flag, self.picking, self.stuck = flag, False, False

    def drawn(self) -> None:
        """Note that the card was sent to the screen; only the first time counts."""
        now = None if self.flag is None else (self.flag.id, self.flag.version)
        if now != self._drawn:
            self._drawn, self._shown = now, time.monotonic()
            self._quiet_from = self._shown

    def count(self, ask: Callable[[], dict[str, int]]) -> dict[str, int]:
        """Return the counts of the queue, asked for again once they are old."""
        if time.monotonic() - self.counted >= RECOUNT_S:
            self.counts, self.counted = ask(), time.monotonic()
        return self.counts

    def recount(self) -> None:
        """Ask for the counts again: somebody else changed them."""
        self.counted = -RECOUNT_S

    def recorded(self, kind: str, before: str) -> None:
        """Count a decision upon a flag that was open or skipped before."""
        self.made[kind] += 1
        after = "skipped" if kind == "skip" else "decided"
        if before in self.counts:
            self.counts[before] -= 1
            self.counts[after] += 1

    def shown_ms(self) -> int:
        """Return for how long the card has been on screen."""
        return int((time.monotonic() - self._shown) * 1000)

    def ready(self, flag_id: int, version: int) -> bool:
        """Say whether a press is meant for this card: it is the one on screen, and was seen.

        A press that comes too early starts the wait again, so a held key gets nowhere.
        """
        flag = self.flag
        if flag is None or (flag.id, flag.version) != (flag_id, version):
            return False
        return self.calm() and self.pending is None

    def calm(self) -> bool:
        """Say whether nothing was pressed, and nothing new shown, for a moment."""
        now = time.monotonic()
        quiet, self._quiet_from = now - self._quiet_from >= DWELL_S, now
        return quiet


def current() -> Desk:
    """Return the desk of this session."""
    found: Desk = st.session_state[_KEY]
    return found


def desk_for(wanted: Filter, order: Order) -> tuple[Desk, bool]:
    """Return the desk of this session for a queue, and whether it is a new one."""
    found: Desk | None = st.session_state.get(_KEY)
    if found is not None and (found.wanted, found.order) == (wanted, order):
        return found, False
    fresh = Desk(wanted, order)
    if found is not None:
        fresh.made, fresh.since, fresh.pending = found.made, found.since, found.pending
        fresh.linked = found.linked
        if found.flag is not None and found.wanted.run_id == wanted.run_id:
            fresh.trail.append(found.flag.id)
    st.session_state[_KEY] = fresh
    return fresh, True
