"""The page on which reviewers decide: one card at a time, by keys."""

from __future__ import annotations

import streamlit as st

from app import load, state
from app.components import frame
from app.components.review import acts, bar, card, content
from app.components.review.desk import Desk, desk_for
from labelaudit.review import Filter


def render() -> None:
    """Show the page."""
    run = load.chosen()
    if run is None:
        frame.title("Review")
        frame.first_steps()
        return
    frame.title("Review", f"{run.dataset}, run {run.id}, as {frame.who()}")
    desk, fresh = desk_for(Filter(run.id), "risk")
    if fresh:
        acts.advance(desk, None)
    _desk()


@st.fragment
def _desk() -> None:
    from app.components.review.desk import current

    desk = current()
    if desk.said:
        st.toast(desk.said)
        desk.said = ""
    _card(desk)
    desk.drawn()


def _card(desk: Desk) -> None:
    flag = desk.flag
    if flag is None:
        st.html('<h2 class="la-finished">All done</h2>')
        return
    found = content.card_of(flag)
    card.card(flag, found, blind=flag.round > 1)
    able = state.me().may("reviewer") and desk.pending is None and flag.status != "decided"
    bar.bar(desk, flag, found.labels, able=able)
