"""What a card shows of an item: from the store, else what its flag says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import load, state
from app.components.review.votes import counted
from labelaudit.review import Card

if TYPE_CHECKING:
    from app.components.review.desk import Desk
    from labelaudit.review import Flag

AHEAD = 2
"""Pictures of so many cards are fetched before they are asked for."""
_DRAWN = {"spans", "boxes"}


def card_of(flag: Flag) -> Card:
    """Return what a card shows."""
    found = load.store().card(flag.id)
    return found or Card(flag.question_id, "nominal", (), (), (), None, ())


def choices(flag: Flag, found: Card) -> tuple[str, ...]:
    """Return the labels to choose the right one from; those voted for where any is allowed."""
    if found.scale in _DRAWN:
        return ()
    return found.labels or tuple(label for _, label in counted(flag.votes))


def following(desk: Desk) -> list[str]:
    """Return the pictures of the cards that come next."""
    store, me, flag = load.store(), state.me(), desk.flag
    after = flag.id if flag else None
    coming = store.upcoming(
        desk.wanted, me.name, state.now(), order=desk.order, count=AHEAD, after=after
    )
    cards = [store.card(next_one.id) for next_one in coming]
    return [card.image for card in cards if card and card.image]
