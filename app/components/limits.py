"""The limits held against a batch: estimate, bound, floor, and what would decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app.components import words
from labelaudit.reports.summary import number
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from labelaudit.model import Threshold


def limits(held: Sequence[Threshold], looks: Mapping[tuple[str, str], int]) -> None:
    """Show every threshold in a line; `looks` says at which look each was decided."""
    if not held:
        st.markdown("No limit was set for this batch, so nothing could pass.")
        return
    table = pd.DataFrame([_row(one, looks.get((one.question_id, one.name))) for one in held])
    st.dataframe(
        table.loc[:, (table != "").any()],
        hide_index=True,
        lazy=False,
        column_config={
            "Bound": st.column_config.TextColumn(
                help="One-sided: the floor is held against it, never against the estimate"
            ),
            "Look": st.column_config.TextColumn(
                help="Which look of its plan this is: all looks share one risk"
            ),
            "Needs": st.column_config.TextColumn(width="large"),
        },
        alt="Limits held against this batch",
        key="limits",
    )


def _row(held: Threshold, look: int | None) -> dict[str, str]:
    return {
        "Question": visible(held.question_id, 60),
        "Measure": held.coefficient,
        "Outcome": words.OUTCOMES[held.outcome],
        "Estimate": number(held.estimate),
        "Bound": "-" if held.bound is None else f"{held.side} {number(held.bound)}",
        "Floor": f"{held.limit:g}",
        "Target": "" if held.target is None else f"{held.target:g}",
        "Look": "" if look is None else f"{look}",
        "Needs": held.needs or "",
    }
