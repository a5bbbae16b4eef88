"""What checks saw of a batch or a person, by cause; what they could not look at stands apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.text import plain
from labelaudit.dossier.causes import causes, explained, first_line, not_looked_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.dossier.causes import Cause
    from labelaudit.model import Finding

_SHOWN = 10
_LONG = 600


def seen(findings: Sequence[Finding]) -> None:
    """Show findings by what they point to."""
    found = causes(findings)
    for cause in found:
        with st.container(border=True, gap="xsmall"):
            _cause(cause)
    if not found:
        st.markdown("No check saw anything.")
    _unknown(not_looked_at(findings))


def _cause(cause: Cause) -> None:
    said = f"✕ {plain(cause.check)}** - {plain(first_line(cause.check))}"
    warned = f"? {plain(cause.check)}** - a warning"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{said if cause.is_breach else warned}", width="stretch")
        explain(cause.check)
    st.markdown("\n".join(f"- {_line(one)}" for one in cause.findings[:_SHOWN]))
    if (left := len(cause.findings) - _SHOWN) > 0:
        st.caption(f"and {left:,} more")


def explain(check: str, key: str = "") -> None:
    """Offer the page of a check."""
    if page := explained(check):
        with st.popover("Explain", type="tertiary", key=f"explain-{check}-{key}"):
            st.markdown(f"**{check}**\n\n{page}")


def _line(found: Finding) -> str:
    where = f"{plain(found.question_id)}: " if found.question_id else ""
    return f"{where}{plain(found.message, _LONG)}"


def _unknown(findings: Sequence[Finding]) -> None:
    if not findings:
        return
    with st.expander(f"Could not be looked at ({len(findings):,}): silence of these is no pass"):
        lines = (f"- **{plain(one.check)}** {_line(one)}" for one in findings)
        st.markdown("\n".join(dict.fromkeys(lines)))
