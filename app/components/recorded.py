"""The record of everything that was done: searched, and verified on demand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app import load
from app.components.pages import SIZE, first_page, page_now, pager
from app.components.text import plain
from labelaudit.review import EventFilter
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.review import Event, Run, Verification

_PAGE = "events-page"
_FOUND = "record-verified"
_LONG = 600
_TELLING = {
    "decision": ("kind", "label", "note"),
    "note": ("side", "state", "note"),
    "export": ("name", "what", "format", "rows"),
}


def recorded(_run: Run) -> None:
    """Show the head of the record of all runs, what verifying it says, and the entries that fit."""
    _head()
    wanted = _filters()
    events, total = load.store().events(wanted, page=page_now(_PAGE), size=SIZE)
    if not total:
        st.markdown("No entry fits.")
        return
    rows = pd.DataFrame(map(_row, events))
    st.dataframe(rows, hide_index=True, lazy=False, key="events", alt="Entries of the record")
    pager(_PAGE, total, "entries")


def _head() -> None:
    entries, head = load.store().head()
    st.markdown(
        f"{entries:,} entries, each with the hash of the one before. An edit, a gap or a missing"
        " end shows; nothing keeps who can write the database from writing it all anew, so note"
        " the head somewhere else:"
    )
    st.code(head, language=None, wrap_lines=True)
    st.button("Verify the record", key="verify", on_click=_verify)
    found: Verification | None = st.session_state.get(_FOUND)
    if found is None:
        return
    if found.broken:
        st.error(f"Broken after {found.entries:,} entries: {plain(found.broken)}")
    elif (found.entries, found.head) == (entries, head):
        st.success(f"All {entries:,} entries, decisions, notes and exports are as written.")
    else:
        st.info(f"{found.entries:,} entries were whole; {entries - found.entries:,} came since.")


def _verify() -> None:
    st.session_state[_FOUND] = load.store().verify()


def _filters() -> EventFilter:
    with st.container(horizontal=True):
        action = st.selectbox(
            "Action",
            load.store().actions(),
            index=None,
            placeholder="any",
            key="event-action",
            on_change=first_page,
            args=(_PAGE,),
            width=190,
        )
        by = st.text_input("By", key="event-by", on_change=first_page, args=(_PAGE,), width=160)
        subject = st.text_input(
            "Upon",
            key="event-subject",
            placeholder="flag 12",
            on_change=first_page,
            args=(_PAGE,),
            width=160,
        )
        text = st.text_input(
            "Any text", key="event-text", on_change=first_page, args=(_PAGE,), width=240
        )
    return EventFilter(by or None, action, subject or None, text or None)


def _row(event: Event) -> dict[str, object]:
    return {
        "Entry": event.seq,
        "When (UTC)": str(event.at)[:19].replace("T", " "),
        "By": visible(event.actor, 60),
        "Action": event.action,
        "Upon": visible(event.subject, 60),
        "What it tells": visible(_told(json.loads(event.detail)), _LONG),
        "As recorded": visible(event.detail, _LONG),
        "Hash": event.hash[:12],
    }


def _told(detail: Mapping[str, object]) -> str:
    """Return what an entry says in a line: what was decided or said, else every number of it."""
    for kind, names in _TELLING.items():
        told = detail.get(kind)
        if isinstance(told, dict):
            return ", ".join(str(told[name]) for name in names if told.get(name) not in {None, ""})
    return ", ".join(f"{name} {value}" for name, value in detail.items() if value is not None)
