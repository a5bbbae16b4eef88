"""What a page says when it fails: an id that finds the error in the log, never the error."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from app.components.text import plain
from labelaudit.errors import LabelAuditError

LOG = logging.getLogger("labelaudit.app")


def recorded(error: Exception) -> bool:
    """Log an error under an id and show the id; errors for users are shown as they are."""
    if isinstance(error, LabelAuditError):
        st.error(
            plain(error.problem) + (f"\n\n{plain(error.next_step)}" if error.next_step else "")
        )
        return True
    name = secrets.token_hex(4)
    LOG.error("error %s", name, exc_info=error)
    st.error(
        f"Something went wrong (error {name}, written to the server's log)."
        " Nothing that was decided is lost: reload the page."
    )
    return True
