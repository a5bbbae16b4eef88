"""Deciding anew what was sent to a vendor: an undo would be too late."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import streamlit as st

from app import load, state
from app.components.text import plain
from labelaudit.errors import UsageError
from labelaudit.review import Choice
from labelaudit.review.words import DecisionKind

if TYPE_CHECKING:
    from labelaudit.review import DecisionLine

_KINDS = tuple(kind for kind in get_args(DecisionKind) if kind != "skip")


def anew(line: DecisionLine) -> None:
    """Offer to decide the unit of a decision otherwise, where it was sent and stands."""
    made = line.decision
    if not (line.sent and line.stands) or made.kind == "skip" or not state.me().may("reviewer"):
        st.caption("A decision that was sent and stands can be decided anew here.")
        return
    key = f"{made.flag_id}-{made.version}"
    with st.container(border=True):
        st.markdown(f"**{plain(line.item_id)}** was sent as *{made.kind}*. Decide it anew:")
        with st.container(horizontal=True):
            st.selectbox("Decision", _KINDS, key=f"anew-kind-{key}", width=170)
            st.text_input("Right label, if known", key=f"anew-label-{key}", width=200)
            st.text_input("Note", key=f"anew-note-{key}", width=320)
        st.button("Decide anew", key=f"anew-{key}", on_click=_decide, args=(line,))


def _decide(line: DecisionLine) -> None:
    """Record the new decision upon the one that was on screen."""
    me, made, said = state.require("reviewer"), line.decision, st.session_state
    key = f"{made.flag_id}-{made.version}"
    choice = Choice(
        said[f"anew-kind-{key}"],
        label=said[f"anew-label-{key}"] or None,
        note=said[f"anew-note-{key}"],
    )
    try:
        done = load.store().decide_anew(made.flag_id, made.version, me.name, choice, state.now())
    except UsageError as error:
        st.toast(f"Not recorded: {plain(error.problem)}")
        return
    st.toast("Recorded." if done.accepted else f"{plain(done.by or 'Somebody')} was faster.")
