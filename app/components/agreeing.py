"""Who agrees with whom in a batch, and over which labels they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app.components import words
from app.components.charts import draw
from labelaudit.dossier.meetings import MIN_SHARED
from labelaudit.reports.charts import inline_interval, matrix
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from labelaudit.dossier.meetings import Meetings, Worker
    from labelaudit.scorecards import ConfusedPair

_NOT = {
    "scale-not-supported": "Answers on this scale are near or far, not equal or not: pairs of"
    " annotators are not compared. Agreement, gold and rejected rows above still hold.",
    "no-overlap": "Each item has one label, so agreement cannot be computed. Gold, rejected rows,"
    " missing answers, times and the mix of labels were still checked.",
    "no-labels": "There are no labels of this question in this batch.",
}


def agreeing(found: Meetings, flags: Mapping[str, Sequence[str]], *shown: Hashable) -> None:
    """Show the matrix, the confused labels and the annotators of a batch, named by `shown`."""
    if found.undefined:
        st.markdown(_NOT.get(found.undefined, words.because(found.undefined)))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _matrix(found, *shown)
    with right:
        _confused(found.confused)
    if found.workers:
        _workers(found.workers, flags)


def _matrix(found: Meetings, *shown: Hashable) -> None:
    if found.undefined:
        return
    st.markdown("**Share of equal answers, annotator by annotator**")
    if found.pairs:
        draw(lambda: matrix(found.pairs, found.people), "matrix", *shown)
    hidden = f"{found.pairs_hidden:,} pairs share fewer than {MIN_SHARED} items and are not shown."
    more = f" {found.people_left_out:,} annotators with fewer answers are left out."
    st.caption(f"{hidden if found.pairs_hidden else ''}{more if found.people_left_out else ''}")


def _confused(pairs: Sequence[ConfusedPair]) -> None:
    if not pairs:
        return
    st.markdown("**Labels that items received together**")
    rows = [
        {
            "Label": visible(pair.label, 60),
            "and": visible(pair.other_label, 60),
            "Items": pair.units,
            "Of all disagreement": pair.share,
        }
        for pair in pairs
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        lazy=False,
        column_config={
            "Of all disagreement": st.column_config.ProgressColumn(
                format="percent", min_value=0.0, max_value=1.0
            )
        },
        alt="Pairs of labels that items received together",
        key="confused",
    )


def _workers(workers: Sequence[Worker], flags: Mapping[str, Sequence[str]]) -> None:
    st.markdown("**Annotators of this batch**")
    rows = [
        {
            "Annotator": visible(one.annotator_id, 60),
            "Answers": one.answers,
            "Agrees with the others": words.interval(one.agreement),
            "0 to 1": inline_interval(one.agreement),
            "Shared items": one.agreement.units,
            "Flags in this run": ", ".join(flags.get(one.annotator_id, ())) or "-",
        }
        for one in workers
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        lazy=False,
        column_config={"0 to 1": st.column_config.ImageColumn(width=150)},
        alt="Annotators of this batch, lowest agreement first",
        key="workers",
    )
