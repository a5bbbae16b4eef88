"""Charts in the colours and the width of the page, light or dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from labelaudit.reports.charts import themed

if TYPE_CHECKING:
    import altair as alt


def draw(chart: alt.LayerChart, key: str) -> None:
    """Draw a chart of the reports in the theme of the page."""
    st.vega_lite_chart(themed(chart), theme="streamlit", width="stretch", key=key)
