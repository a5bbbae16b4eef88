"""Vendors beside each other: how their batches fared, and who agrees better on shared items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app.components import words
from app.components.charts import draw
from labelaudit.dossier.vendors import agrees_more
from labelaudit.reports.charts import vendors as vendor_chart
from labelaudit.reports.summary import number
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.dossier.vendors import VendorLine
    from labelaudit.scorecards import VendorComparison

_WHY = {"too-few-shared-items": "too few shared items"}


def vendor_table(lines: Sequence[VendorLine]) -> None:
    """Show each vendor in a line."""
    rows = [
        {
            "Vendor": visible(line.vendor, 80),
            "✓ accepted": line.accepted,
            "? to review": line.to_review,
            "✕ rejected": line.rejected,
            "Agreement": words.interval(line.agreement),
            "Gold accuracy": words.interval(line.gold),
        }
        for line in lines
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, lazy=False, key="vendors", alt="Vendors")


def compared(pairs: Sequence[VendorComparison]) -> None:
    """Show every two vendors on the items that both labelled."""
    st.markdown("**On the same items** - what is harder for one is harder for the other too")
    if not pairs:
        st.markdown("There are no two vendors to compare.")
        return
    if any(pair.difference is not None for pair in pairs):
        draw(lambda: vendor_chart(pairs), "vendor-pairs", tuple(pairs))
    st.dataframe(
        pd.DataFrame(map(_row, pairs)), hide_index=True, lazy=False, key="pairs", alt="Vendor pairs"
    )


def _row(pair: VendorComparison) -> dict[str, str]:
    ends = f"[{number(pair.low, 2)}, {number(pair.high, 2)}]" if pair.low is not None else ""
    return {
        "Question": visible(pair.question_id, 60),
        "Vendors": visible(f"{pair.first} - {pair.second}", 120),
        "Shared items": f"{pair.shared_units:,}",
        "Alpha of each": f"{number(pair.first_value, 2)} - {number(pair.second_value, 2)}",
        "Difference": f"{number(pair.difference, 2)} {ends}".strip(),
        "In words": _said(pair),
    }


def _said(pair: VendorComparison) -> str:
    if pair.undefined or pair.low is None or pair.high is None:
        return _WHY.get(pair.undefined or "", words.because(pair.undefined))
    better = agrees_more(pair)
    return f"{visible(better, 60)} agrees more" if better else "no clear difference"
