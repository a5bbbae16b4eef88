"""The card: why, the item, and the labels beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.review import reasons
from app.components.review.votes import counted
from app.components.text import escaped

if TYPE_CHECKING:
    from app.components.review.content import Card, Shown
    from labelaudit.review import Flag


def card(flag: Flag, found: Card, *, blind: bool) -> None:
    """Draw a card."""
    why = escaped(reasons.sentence(flag, blind=blind))
    item = escaped(flag.item_id, 200)
    st.html(f'<div class="la-card" data-flag="{flag.id}" data-item="{item}"><p>{why}</p></div>')
    left, right = st.columns([2, 1], gap="medium")
    with left:
        st.html("".join(_field(shown) for shown in found.shown) or _bare(flag))
    with right:
        st.html(_labels(flag, blind=blind))


def _field(shown: Shown) -> str:
    more = f" ({shown.left_out:,} characters left out)" if shown.left_out else ""
    return (
        f'<h4 class="la-field">{escaped(shown.name, 80)}{more}</h4>'
        f'<div class="la-text">{escaped(shown.text)}</div>'
    )


def _bare(flag: Flag) -> str:
    return f'<h4 class="la-field">Item</h4><div class="la-text">{escaped(flag.item_id, 400)}</div>'


def _labels(flag: Flag, *, blind: bool) -> str:
    rows = [("Label under review", flag.label or "none settled")]
    if not blind:
        rows += [("Votes", ", ".join(f"{n} x {label}" for n, label in counted(flag.votes)))]
        rows += [("Known answer", flag.gold)] if flag.gold is not None else []
    return (
        "<dl>"
        + "".join(f"<dt>{escaped(name)}</dt><dd>{escaped(value, 400)}</dd>" for name, value in rows)
        + "</dl>"
    )
