"""Export and log: what goes back to the vendor, what was decided, and the record of it."""

from __future__ import annotations

import streamlit as st

from app import load
from app.components import frame, links
from app.components.decided import decided
from app.components.policy import policy
from app.components.recorded import recorded
from app.components.sending import sending

_PARTS = {"Send": sending, "Decisions": decided, "Record": recorded, "Policy": policy}


def render() -> None:
    """Show the page: one part at a time, so that the others cost nothing."""
    links.follow()
    run = load.chosen()
    frame.title("Export and log", f"{run.dataset}, run {run.id}" if run else "")
    if run is None:
        frame.first_steps()
        return
    part = st.segmented_control(
        "Part",
        list(_PARTS),
        default="Send",
        key="part",
        required=True,
        label_visibility="collapsed",
        bind="query-params",
    )
    _PARTS[part or "Send"](run)
