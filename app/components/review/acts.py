"""What keys and buttons do: each is asked whether the card is the one seen, and who acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from app import load, state
from app.components.review import desk as desks
from app.components.review.desk import Pending
from labelaudit.errors import UsageError
from labelaudit.review import Choice, StoreUnavailableError
from labelaudit.review.store import HOLD

if TYPE_CHECKING:
    from app.components.review.desk import Desk
    from labelaudit.review import Decision, Filter, Flag, Outcome
    from labelaudit.review.words import DecisionKind

WORDS = {
    "label-ok": "label ok",
    "label-wrong": "label wrong",
    "ambiguous": "ambiguous guideline",
    "bad-item": "bad item",
    "skip": "skipped",
    "undo": "taken back",
}
MAX_NOTE = 10_000
SILENT = "The database does not answer: nothing was changed. Try again."
RENEWED_AFTER = timedelta(minutes=1)


def note_key(flag_id: int, version: int) -> str:
    """Return the key of a card's note field."""
    return f"note-{flag_id}-{version}"


def decide(flag_id: int, version: int, kind: DecisionKind, label: str | None = None) -> None:
    """Record what was pressed, if it was pressed on the card that is shown."""
    state.require("reviewer")
    desk = desks.current()
    if not desk.ready(flag_id, version):
        return
    note = str(st.session_state.get(note_key(flag_id, version)) or "")[:MAX_NOTE]
    choice = Choice(kind, label, note, desk.order, desk.shown_ms())
    desk.pending = Pending(flag_id, version, choice)
    settle(desk)


def pick(flag_id: int, version: int, label: str, under_review: str | None) -> None:
    """Say which label is right: the one under review is confirmed by that."""
    if label == under_review:
        decide(flag_id, version, "label-ok")
    else:
        decide(flag_id, version, "label-wrong", label)


def pick_from(flag_id: int, version: int, key: str, under_review: str | None) -> None:
    """Say which label is right, from the list of those that have no key."""
    label = st.session_state.get(key)
    if label is not None:
        pick(flag_id, version, str(label), under_review)


def wrong(flag_id: int, version: int) -> None:
    """Say that the label is wrong; which one is right is asked next."""
    desk = desks.current()
    if desk.ready(flag_id, version):
        desk.picking = True


def back() -> None:
    """Take back that the label is wrong, before anything was recorded."""
    desks.current().picking = False


def settle(desk: Desk) -> None:
    """Record what is pending; kept where the store does not answer."""
    waiting = desk.pending
    if waiting is None:
        return
    me = state.require("reviewer")
    try:
        outcome = load.store().decide(
            waiting.flag_id, waiting.version, me.name, waiting.choice, state.now()
        )
    except StoreUnavailableError:
        return
    except UsageError as error:
        desk.pending, desk.said = None, f"Not recorded: this card {error.problem}."
    else:
        desk.pending = None
        _say(desk, outcome, me.name, waiting.choice)
    advance(desk, waiting.flag_id)


def _say(desk: Desk, outcome: Outcome, me: str, choice: Choice) -> None:
    """Count what was recorded; say who was faster where somebody was."""
    made = outcome.decision
    if outcome.accepted or _is_mine(made, me, choice):
        desk.recorded(choice.kind, desk.flag.status if desk.flag else "open")
        return
    desk.recount()
    if made is None:
        desk.said = "This card changed meanwhile: nothing was recorded."
    else:
        desk.said = (
            f"Already decided by {made.reviewer} at {made.at:%H:%M} ({WORDS[made.kind]})."
            " Yours was not recorded."
        )


def _is_mine(made: Decision | None, me: str, choice: Choice) -> bool:
    """Say whether the store has this very decision: its answer was lost, it was not."""
    said = (me, choice.kind, choice.label, choice.shown_ms)
    return made is not None and (made.reviewer, made.kind, made.label, made.shown_ms) == said


def advance(desk: Desk, after: int | None) -> None:
    """Put the next card on the desk: the one after this in order, else the first that is left."""
    try:
        found = None if after is None else _next(desk, after)
        desk.put(found or _next(desk, None))
    except StoreUnavailableError:
        desk.stuck = True


def _next(desk: Desk, after: int | None) -> Flag | None:
    me, now, store = state.me(), state.now(), load.store()
    if desk.wanted.status in {"skipped", "decided"}:
        page = store.flags(desk.wanted, order=desk.order, after=after, size=1).flags
        return page[0] if page else None
    if not me.may("reviewer"):
        coming = store.upcoming(desk.wanted, me.name, now, order=desk.order, count=1, after=after)
        return coming[0] if coming else None
    return store.take_next(desk.wanted, me.name, now, order=desk.order, after=after)


def whole(wanted: Filter) -> Filter:
    """Return a queue with what is done in it: what progress counts."""
    return replace(wanted, status=None)


def renew(desk: Desk) -> None:
    """Keep others off the card while somebody is at work on it; say so where it is gone."""
    flag, me = desk.flag, state.me()
    if flag is None or desk.pending or flag.status == "decided" or flag.claimed_by != me.name:
        return
    left = (flag.claimed_until - state.now()) if flag.claimed_until else HOLD
    if left > HOLD - RENEWED_AFTER:
        return
    desk.flag = load.store().claim(flag.id, me.name, state.now())
    if desk.flag is None:
        desk.said = "Somebody else took this card while it lay here: here is the next one."
        advance(desk, flag.id)


def onward() -> None:
    """Leave this card to whoever wants it, and go to the next."""
    desk = desks.current()
    if desk.pending or not desk.calm():
        return
    try:
        advance(desk, _let_go(desk))
    except StoreUnavailableError:
        desk.stuck = True


def previous() -> None:
    """Go back to the card that was on screen before."""
    desk = desks.current()
    if desk.pending or not desk.trail or not desk.calm():
        return
    try:
        _let_go(desk)
        show(desk, desk.trail[-1], leave_trail=False)
        desk.trail.pop()
    except StoreUnavailableError:
        desk.said = SILENT


def undo() -> None:
    """Take back one's own last decision, and show its card again."""
    me = state.require("reviewer")
    desk = desks.current()
    if desk.pending or not desk.calm():
        return
    try:
        _undo(desk, me.name)
    except StoreUnavailableError:
        desk.said = SILENT


def _undo(desk: Desk, me: str) -> None:
    store = load.store()
    last = store.last_decision(desk.wanted.run_id, me)
    if last is None:
        desk.said = "There is no decision of yours to take back."
        return
    outcome = store.undo(last.id, me, state.now())
    desk.recount()
    if outcome.accepted:
        desk.made[last.kind] -= 1
        desk.said = f"Taken back: {WORDS[last.kind]}."
    _let_go(desk)
    show(desk, last.flag_id, leave_trail=False)


def leave(desk: Desk) -> None:
    """Let others have the card of the queue that was left for this one."""
    me = state.me()
    if desk.trail and me.may("reviewer"):
        load.store().release(desk.trail[-1], me.name)


def _let_go(desk: Desk) -> int | None:
    flag = desk.flag
    if flag is None:
        return None
    me = state.me()
    if flag.status != "decided" and me.may("reviewer"):
        load.store().release(flag.id, me.name)
    return flag.id


def show(desk: Desk, flag_id: int, *, leave_trail: bool = True) -> None:
    """Put one card on the desk, whatever its state; claimed where that can be."""
    store, me = load.store(), state.me()
    flag = store.flag(flag_id)
    if flag is None or flag.run_id != desk.wanted.run_id:
        desk.said = f"Flag {flag_id} is not in this run."
        return
    if flag.status != "decided" and me.may("reviewer"):
        flag = store.claim(flag_id, me.name, state.now()) or flag
    desk.put(flag, leave_trail=leave_trail)
