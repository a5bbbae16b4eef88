"""All batches in a table: what each is, and where to go from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app.components import links, words
from labelaudit.reports.charts import inline_interval
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.elements.lib.column_types import ButtonColumnResult, ColumnConfig

    from labelaudit.dossier.batches import BatchLine

_HEIGHT = 35
_MOST = 15


def batch_table(run: str, lines: Sequence[BatchLine], waiting: Mapping[str, int]) -> None:
    """Show the batches; its buttons lead to the page of one, and to its flags."""
    ids = tuple(line.batch_id for line in lines)
    st.dataframe(
        pd.DataFrame([_row(line, waiting.get(line.batch_id, 0)) for line in lines]),
        hide_index=True,
        row_height=_HEIGHT,
        height=_HEIGHT * (min(len(lines), _MOST) + 1) + 3,
        lazy=False,
        placeholder="-",
        column_config=_columns(run, ids),
        key="batches",
    )


def _columns(
    run: str, ids: tuple[str, ...]
) -> Mapping[str, ColumnConfig | ButtonColumnResult | str]:
    text, pictures = st.column_config.TextColumn, st.column_config.ImageColumn
    of_vendor = "Against the batch before it by the same vendor; called rose or fell only where it"
    of_vendor += " is more than chance, at a false discovery rate of 5%"
    return {
        "Batch": text(pinned=True, width=85),
        "Verdict": text(width=80),
        "Page": _button("batch", "batch-click", run, ids, "Why, by whom, and what to do"),
        "Flags": _button("review", "flags-click", run, ids, "Review the open flags"),
        "Vendor": text(width=90),
        "Agreement": text(width=125, help="With its 95% interval, under the question above"),
        "0 to 1": pictures(
            width=150, help="Bar: interval. Dot: value. Dashed: floor. Thin: target"
        ),
        "Change": text(width=150, help=of_vendor),
        "Gold": text(width=120, help="Accuracy on gold, with its 95% interval"),
        "Rejected": st.column_config.NumberColumn(
            width=70, format="localized", help="Cells rejected by the schema"
        ),
    }


def _button(
    page: links.Name, key: str, run: str, ids: tuple[str, ...], why: str
) -> ColumnConfig | ButtonColumnResult:
    return st.column_config.ButtonColumn(
        width=75, type="tertiary", key=key, help=why, on_click=_clicked, args=(page, key, run, ids)
    )


def _clicked(page: links.Name, key: str, run: str, ids: tuple[str, ...]) -> None:
    links.go(page, run=run, batch=ids[st.session_state[key].row])


def _row(line: BatchLine, flags: int) -> dict[str, str | int | None]:
    return {
        "Batch": visible(line.batch_id, 80),
        "Verdict": "✓ waived" if line.let_through else words.verdict(line.verdict),
        "Page": "Details",
        "Flags": f"{flags:,} open" if flags else "none",
        "Vendor": words.names(line.vendors),
        "Agreement": words.interval(line.agreement),
        "0 to 1": inline_interval(line.agreement, line.floor, target=line.target),
        "Change": words.moved(line.change),
        "Gold": words.interval(line.gold),
        "Rejected": line.rejected,
    }
