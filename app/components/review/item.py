"""The item of a card: its texts, a pair side by side, a picture with what was drawn on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import media
from app.components.review.picture import picture
from app.components.review.spans import marked, spans_of
from app.components.text import escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.components.review.spans import Span
    from labelaudit.review import Card, Flag, Shown

TAIL = 60


def item(flag: Flag, found: Card, following: Sequence[str], *, blind: bool) -> None:
    """Draw an item; `following` are the pictures of the next cards, fetched ahead."""
    labels = _drawn(flag, found, blind=blind)
    if found.image is not None:
        _picture(found.image, labels, following)
    spans = [span for label in labels for span in spans_of(label)]
    if found.shown:
        st.html("".join(_field(shown, spans, first=n == 0) for n, shown in enumerate(found.shown)))
    if found.pair:
        for place, shown in zip(st.columns(2, border=True), found.pair, strict=False):
            place.html(_field(shown, spans, first=False))
    if not (found.shown or found.pair or found.image):
        st.html(_bare(flag))


def _drawn(flag: Flag, found: Card, *, blind: bool) -> list[str]:
    """Return the labels that are drawn upon the item: in blind mode the one under review."""
    if found.scale not in {"spans", "boxes"}:
        return []
    if blind:
        return [flag.label] if flag.label else []
    return [answer.label for answer in found.answers if answer.label]


def _field(shown: Shown, spans: Sequence[Span], *, first: bool) -> str:
    here = [span for span in spans if span.target == shown.name or (first and not span.target)]
    text = marked(shown.text, here) if here else escaped(shown.text)
    more = f" ({shown.left_out:,} more characters are not shown)" if shown.left_out else ""
    more += " (its rows differ: this is the first)" if shown.differs else ""
    return (
        f'<h4 class="la-field">{escaped(shown.name, 80)}{more}</h4>'
        f'<div class="la-text">{text or "(empty)"}</div>'
    )


def _bare(flag: Flag) -> str:
    return (
        f'<h4 class="la-field">Item</h4><div class="la-text">{escaped(flag.item_id, 400)}</div>'
        '<p class="la-quiet">To see its content here, name columns under [review] in'
        " labelaudit.toml and audit again.</p>"
    )


def _picture(path: str, labels: Sequence[str], following: Sequence[str]) -> None:
    """Draw a picture from the media folder, or say that it is not there."""
    address = media.address(path)
    if address is None:
        tail = path if len(path) <= TAIL else "..." + path[-TAIL:]
        st.html(
            f'<div class="la-missing" role="img">No picture at <b>{escaped(tail)}</b>.'
            "<br>If nobody can see it, <b>Bad item</b> (F) says so.</div>"
        )
        return
    ahead = [found for found in map(media.address, following) if found]
    picture(address, labels, ahead)
