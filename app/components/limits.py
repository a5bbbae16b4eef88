"""The limits held against a batch: estimate, bound, floor, and what would decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app.components import words
from labelaudit.reports.summary import number
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.model import Threshold


def limits(held: Sequence[Threshold]) -> None:
    """Show every threshold in a line."""
    if not held:
        st.markdown("No limit was set for this batch, so nothing could pass.")
        return
    table = pd.DataFrame([_row(one) for one in held])
    st.dataframe(
        table if any(table["Needs"]) else table.drop(columns="Needs"),
        hide_index=True,
        lazy=False,
        column_config={
            "Bound": st.column_config.TextColumn(
                help="One-sided: the floor is held against it, never against the estimate"
            ),
            "Needs": st.column_config.TextColumn(width="large"),
        },
        alt="Limits held against this batch",
        key="limits",
    )


def _row(held: Threshold) -> dict[str, str]:
    return {
        "Question": visible(held.question_id, 60),
        "Measure": held.coefficient,
        "Outcome": words.OUTCOMES[held.outcome],
        "Estimate": number(held.estimate),
        "Bound": "-" if held.bound is None else f"{held.side} {number(held.bound)}",
        "Floor": f"{held.limit:g}",
        "Needs": held.needs or "",
    }
