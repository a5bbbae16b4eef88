"""The router: which pages there are, and what stands around each."""

from __future__ import annotations

import streamlit as st

from app.components import entry, frame
from app.views import batch, exports, overview, people, review, runs

PAGES = (
    st.Page(overview.render, title="Overview", default=True),
    st.Page(review.render, title="Review", url_path="review"),
    st.Page(people.render, title="Annotators and vendors", url_path="people"),
    st.Page(runs.render, title="Upload and runs", url_path="runs"),
    st.Page(exports.render, title="Export and log", url_path="exports"),
    st.Page(batch.render, title="Batch", url_path="batch", visibility="hidden"),
    # the first page has no path of its own, and links to it by name shall work all the same
    st.Page(overview.render, title="Overview", url_path="overview", visibility="hidden"),
)

frame.page()
if entry.open_for_me():
    st.navigation(list(PAGES), position="top").run()
else:
    st.navigation([st.Page(lambda: None, title="Log in")], position="hidden").run()
