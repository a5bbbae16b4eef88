"""Pages of a long list: a pager, and where the page stands."""

from __future__ import annotations

import math

import streamlit as st

SIZE = 50
_WIDTH = 320


def page_now(key: str) -> int:
    """Return the page that was chosen."""
    return int(st.session_state.get(key, 1))


def first_page(*keys: str) -> None:
    """Go back to the first page: another filter is another list."""
    for key in keys:
        st.session_state.pop(key, None)


def pager(key: str, total: int, what: str) -> None:
    """Draw the pager of a list with so many lines."""
    last = max(1, math.ceil(total / SIZE))
    page = min(page_now(key), last)
    if page_now(key) > last:
        st.session_state[key] = last
    start = (page - 1) * SIZE
    with st.container(horizontal=True, vertical_alignment="center"):
        if last > 1:
            st.pagination(last, key=key, width=_WIDTH)
        st.caption(f"{start + 1:,} to {min(start + SIZE, total):,} of {total:,} {what}")
