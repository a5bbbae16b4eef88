"""The queue as a list, behind a toggle: a page of rows at a time, read in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app import load
from app.components.review import acts, reasons
from app.components.review.desk import current
from labelaudit.safe import visible

if TYPE_CHECKING:
    from labelaudit.review import Flag, Page

SIZE = 50
_FROM = "queue-from"


def queue() -> None:
    """Draw the toggle and, where it is on, a page of the queue."""
    if st.toggle("Show the queue", key="queue", bind="query-params"):
        _list()


@st.fragment
def _list() -> None:
    desk = current()
    starts = st.session_state.setdefault(_FROM, {})
    before: list[int | None] = starts.setdefault((desk.wanted, desk.order), [None])
    page = load.store().flags(desk.wanted, order=desk.order, after=before[-1], size=SIZE)
    st.dataframe(
        pd.DataFrame([_row(flag) for flag in page.flags]),
        key=f"rows-{len(before)}",
        hide_index=True,
        on_select=lambda: _open(page, len(before)),
        selection_mode="single-row",
    )
    _turn(page, before)


def _row(flag: Flag) -> dict[str, object]:
    return {
        "Item": visible(flag.item_id),
        "Question": visible(flag.question_id),
        "Batch": visible(flag.batch_id),
        "Vendor": visible(flag.vendor or ""),
        "Why": "; ".join(reasons.short(reason) for reason in flag.reasons),
        "Label": visible(flag.label or ""),
        "Status": flag.status,
    }


def _open(page: Page, number: int) -> None:
    rows = st.session_state[f"rows-{number}"]["selection"]["rows"]
    if rows:
        desk = current()
        acts.show(desk, page.flags[rows[0]].id)
        st.rerun()


def _turn(page: Page, before: list[int | None]) -> None:
    first = (len(before) - 1) * SIZE
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Page before", disabled=len(before) == 1):
            before.pop()
            st.rerun(scope="fragment")
        if st.button("Next page", disabled=page.after is None):
            before.append(page.after)
            st.rerun(scope="fragment")
        st.html(
            f'<p class="la-quiet">{first + 1 if page.flags else 0:,} to'
            f" {first + len(page.flags):,} of {page.total:,}</p>"
        )
