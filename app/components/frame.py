"""What stands around every page, and the states in which there is nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import load, state
from app.components.text import escaped

if TYPE_CHECKING:
    from pathlib import Path

    from labelaudit.review import Run

WIDTH = 1180
"""Pixels: the one width of all pages."""
_STYLE = f"""<style>
.block-container {{ max-width: {WIDTH}px; padding-top: 4.2rem; padding-bottom: 3rem; }}
.la-text {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
.la-quiet {{ opacity: .75; font-size: .92em; }}
</style>"""


def page() -> None:
    """Set the page up: called once per run of the script, before anything else."""
    st.set_page_config(page_title="labelaudit", layout="wide")
    st.html(_STYLE)


def run_of_page() -> tuple[Run, Path] | None:
    """Return the run that a page is about, and its folder; else say what to do."""
    run = load.chosen()
    if run is None:
        first_steps()
        return None
    place = load.folder(run.id)
    if place is None:
        st.warning(
            f"The folder of run {run.id} is not where it was. Decisions are safe in the store;"
            " put the folder back, or audit the delivery again."
        )
        return None
    return run, place


def title(words: str, beside: str = "") -> None:
    """Write the title of a page, and what it is about in a line."""
    st.title(words, anchor=False)
    if beside:
        st.html(f'<p class="la-quiet">{escaped(beside)}</p>')


def first_steps() -> None:
    """Say what to do where no run was taken in."""
    st.subheader("No run yet", anchor=False)
    st.markdown(
        "1. **See it work**: `labelaudit demo` writes sample deliveries and audits them.\n"
        "2. **Upload** a delivery on the page *Upload and runs*.\n"
        "3. Or in a terminal: `labelaudit audit delivery/`, then `labelaudit review`."
    )


def who() -> str:
    """Return the name of who is here, as it is written beside decisions."""
    me = state.me()
    return me.name if me.verified else f"{me.name} (unverified)"
