"""The door of team mode: who comes in is known."""

from __future__ import annotations

import streamlit as st

from app import settings, state
from labelaudit.safe import visible


def open_for_me() -> bool:
    """Say whether the pages may be shown; else offer to log in."""
    if not settings.current().team:
        return True
    if not st.user.is_logged_in:
        st.title("labelaudit", anchor=False)
        st.markdown("Decisions stand under the name of who made them.")
        st.button("Log in", type="primary", on_click=st.login)
        return False
    me = state.me()
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.text(f"{visible(me.name)}, {me.role}", width="content")
        st.button("Log out", on_click=st.logout, type="tertiary")
    return True
