"""Upload and runs: a delivery in, what was understood of it, its audit, and the runs so far."""

from __future__ import annotations

import streamlit as st

from app import load, state
from app.components import compared, frame, history, problems, uploading


def render() -> None:
    """Show the page."""
    frame.title("Upload and runs", "Files stay on this machine. Nothing is kept of one that fails.")
    if state.me().may("lead"):
        _upload()
    else:
        st.info("A lead uploads deliveries. You can look at the runs below.")
    history.show(load.runs())
    compared.show(load.runs())
    if state.me().may("lead"):
        history.offer(load.unknown())


def _upload() -> None:
    if uploading.job() is not None:
        _audit()
    elif uploading.kept() is None:
        uploading.choose()
    else:
        uploading.settle()
    if (problem := uploading.problem()) is not None:
        problems.show(problem)


@st.fragment(run_every=1.0)
def _audit() -> None:
    """Look every second how far the audit is; the rest of the page stays as it is."""
    if not uploading.follow():
        st.rerun()
