"""The card: why it is on the desk, the item, and the labels beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.review import reasons
from app.components.review.item import item
from app.components.review.panel import panel, under_review
from app.components.text import escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.delta_generator import DeltaGenerator

    from labelaudit.review import Card, Flag

STYLE = """<style>
.la-card p { margin: 0; font-size: 1.1em; font-weight: 600; }
.la-card { overflow-wrap: anywhere; }
.la-head { display: flex; gap: .75rem; flex-wrap: wrap; }
.la-field { font-size: .86em; font-weight: 600; opacity: .75; margin: .5rem 0 .15rem; padding: 0; }
.la-text { max-height: 46vh; overflow: auto; font-size: 1.05em; line-height: 1.5; }
.la-text mark { background: rgba(240, 190, 60, .35); color: inherit; border-radius: 2px;
  border-bottom: 2px solid currentColor; }
.la-text mark sub { font-size: .72em; margin: 0 .25em; opacity: .85; }
.la-label { font-size: 1.25em; font-weight: 600; overflow-wrap: anywhere; margin-left: .4em; }
.la-bar { height: 4px; margin: .75rem 0 .4rem; background: rgba(128, 128, 128, .25); }
.la-bar div { height: 100%; background: currentColor; opacity: .7; }
.la-plain, .la-progress { margin: 0; }
.la-rows { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
.la-rows td { padding: .12rem .5rem .12rem 0; overflow-wrap: anywhere;
  border-bottom: 1px solid rgba(128, 128, 128, .25); }
.la-rows td:last-child { text-align: right; white-space: nowrap; padding-right: 0; }
.la-missing { border: 1px dashed currentColor; padding: 1.25rem; }
.la-ask { margin: .45rem .25rem 0 0; font-weight: 600; }
.la-about { margin: .55rem 0 0; }
</style>"""


def card(flag: Flag, found: Card, ahead: Sequence[str], *, hidden: bool) -> DeltaGenerator:
    """Draw a card and return the place under its item; `ahead` are the next cards' pictures.

    Where `hidden` is asked for, what others answered can still be shown by a toggle, except
    where it is decided already.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        top = st.container()
        blind = hidden and _blind(flag)
    top.html(_head(flag, blind=blind))
    left, right = st.columns([5, 2], gap="large")
    with right:
        panel(flag, found, blind=blind)
    with left:
        item(flag, found, ahead, blind=blind)
        under_review(flag)
    return left


def _blind(flag: Flag) -> bool:
    """Ask whether others' answers are hidden: from the second round on, unless told not to."""
    later = flag.round > 1
    return st.toggle(
        "Blind",
        value=later,
        key=f"blind-{'later' if later else 'first'}",
        width="content",
    )


def _head(flag: Flag, *, blind: bool) -> str:
    why = escaped(reasons.sentence(flag, blind=blind))
    name = escaped(flag.item_id, 120)
    told = [f"{name}, {escaped(flag.question_id, 60)}"]
    if flag.round > 1:
        told.append(f"round {flag.round}: decided before by somebody else")
    return (
        f'<div class="la-card" data-flag="{flag.id}" data-item="{name}"><p>{why}</p>'
        f'<div class="la-quiet">{" - ".join(told)}</div></div>'
    )
