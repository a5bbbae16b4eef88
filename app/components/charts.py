"""Charts in the colours and the width of the page, light or dark."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import streamlit as st

from labelaudit.reports.charts import themed

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import altair as alt


def draw(make: Callable[[], alt.LayerChart], *of: Hashable) -> None:
    """Draw a chart of the reports in the theme of the page.

    `of` names the chart and all that it shows: it is made once, since that takes longer than
    all else on a page.
    """
    drawn = deepcopy(_made(of, make))
    st.vega_lite_chart(drawn, theme="streamlit", width="stretch", key=f"chart-{of[0]}")


@st.cache_resource(show_spinner=False, max_entries=128)
def _made(of: tuple[Hashable, ...], _make: Callable[[], alt.LayerChart]) -> dict[str, object]:
    return themed(_make())
