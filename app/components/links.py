"""Links between pages: each page and batch has an address of its own."""

from __future__ import annotations

from importlib import import_module
from typing import Literal

import streamlit as st

Name = Literal["overview", "review", "people", "runs", "exports", "batch"]
_WAITING = "labelaudit-go"


def page(name: Name) -> st.Page:
    """Return a page to link to."""
    render = import_module(f"app.views.{name}").render
    return st.Page(render, title=name, url_path=name, default=name == "overview")


def link(label: str, name: Name, **query: str) -> None:
    """Draw a link; the label is markdown, so vendor text in it must be `plain`."""
    st.page_link(
        page(name),
        label=label,
        icon=":material/chevron_right:",
        icon_position="right",
        query_params=query,
    )


def go(name: Name, **query: str) -> None:
    """Go to a page as soon as the callback that asks for it has ended."""
    st.session_state[_WAITING] = (name, query)


def follow() -> None:
    """Go where a callback asked to go: called first on a page."""
    if _WAITING in st.session_state:
        name, query = st.session_state.pop(_WAITING)
        st.switch_page(page(name), query_params=query)
