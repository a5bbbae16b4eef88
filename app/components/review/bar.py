"""The decision bar: a button and a key for everything a reviewer can do with a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.review import acts
from app.components.text import plain

if TYPE_CHECKING:
    from app.components.review.desk import Desk
    from labelaudit.review import Flag

NUMBERED = 9
_TOLD = {"label-ok": "Label ok", "ambiguous": "Ambiguous", "bad-item": "Bad item", "skip": "Skip"}
_KEYS = {"label-ok": "A", "ambiguous": "D", "bad-item": "F", "skip": "X"}


def bar(desk: Desk, flag: Flag, labels: tuple[str, ...], *, able: bool) -> None:
    """Draw the bar of a card; the keys of its widgets name the card and its version."""
    with st.container(horizontal=True, gap="small"):
        if desk.picking:
            _picking(flag, able=able)
        else:
            _verdicts(flag, able=able)
        _moves(desk)
    _labels(flag, labels, able=able)
    st.text_input(
        "Note",
        key=acts.note_key(flag.id, flag.version),
        max_chars=acts.MAX_NOTE,
        placeholder="Note for the vendor or the next reviewer (Enter keeps it)",
        label_visibility="collapsed",
        disabled=not able,
    )


def _verdicts(flag: Flag, *, able: bool) -> None:
    at = (flag.id, flag.version)
    _verdict(flag, "label-ok", able=able and flag.label is not None)
    st.button(
        "Label wrong",
        key=f"wrong-{flag.id}-{flag.version}",
        shortcut="S",
        on_click=acts.wrong,
        args=at,
        disabled=not able,
    )
    for kind in ("ambiguous", "bad-item", "skip"):
        _verdict(flag, kind, able=able)


def _verdict(flag: Flag, kind: str, *, able: bool) -> None:
    st.button(
        _TOLD[kind],
        key=f"{kind}-{flag.id}-{flag.version}",
        shortcut=_KEYS[kind],
        on_click=acts.decide,
        args=(flag.id, flag.version, kind),
        disabled=not able,
    )


def _picking(flag: Flag, *, able: bool) -> None:
    at = (flag.id, flag.version)
    st.html('<p class="la-ask">Which label is right?</p>', width="content")
    st.button(
        "None of these, or not known",
        key=f"unknown-{flag.id}-{flag.version}",
        shortcut="S",
        on_click=acts.decide,
        args=(*at, "label-wrong"),
        disabled=not able,
    )
    st.button("Back", key=f"back-{flag.id}", shortcut="Escape", on_click=acts.back)


def _labels(flag: Flag, labels: tuple[str, ...], *, able: bool) -> None:
    with st.container(horizontal=True, gap="small"):
        for number, label in enumerate(labels[:NUMBERED], start=1):
            st.button(
                plain(label, 40),
                key=f"label{number}-{flag.id}-{flag.version}",
                shortcut=str(number),
                on_click=acts.pick,
                args=(flag.id, flag.version, label, flag.label),
                disabled=not able,
            )
    if len(labels) > NUMBERED:
        _others(flag, labels[NUMBERED:], able=able)


def _others(flag: Flag, labels: tuple[str, ...], *, able: bool) -> None:
    """Offer the labels that have no key of their own."""
    key = f"other-{flag.id}-{flag.version}"
    st.selectbox(
        "Another label is right",
        labels,
        index=None,
        key=key,
        placeholder=f"Another label is right ({len(labels):,} more)",
        label_visibility="collapsed",
        on_change=acts.pick_from,
        args=(flag.id, flag.version, key, flag.label),
        disabled=not able,
    )


def _moves(desk: Desk) -> None:
    idle = desk.pending is not None
    st.button("Undo", key="undo", shortcut="Z", on_click=acts.undo, disabled=idle, type="tertiary")
    st.button(
        "Previous",
        key="previous",
        shortcut="K",
        on_click=acts.previous,
        disabled=idle or not desk.trail,
        type="tertiary",
    )
    st.button(
        "Next", key="next", shortcut="J", on_click=acts.onward, disabled=idle, type="tertiary"
    )
