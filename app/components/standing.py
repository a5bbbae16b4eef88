"""Annotators in a table: rates with intervals, flags, and a row to pick for the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app import state
from app.components import words
from labelaudit.dossier.people import MIN_UNITS, shown
from labelaudit.model import Estimate
from labelaudit.reports.charts import inline_interval
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.elements.lib.column_types import ColumnConfig

    from labelaudit.annotators import Annotator

_KEY = "annotators"
_HEIGHT, _MOST, _PICTURE = 35, 16, 92


def standing(
    people: Sequence[Annotator],
    vendors: Mapping[str, tuple[str, ...]],
    states: Mapping[str, str],
) -> None:
    """Show the annotators at one question; a picked row is kept in the address."""
    few = shown(people).hidden
    everybody = (
        bool(few)
        and state.me().may("lead")
        and st.toggle(f"Show also the {few:,} with fewer than {MIN_UNITS} answers", key="everybody")
    )
    told = shown(people, everybody=everybody).people
    if told:
        _table(told, vendors, states)
    else:
        st.markdown(f"Nobody has {MIN_UNITS} answers on gold or on items that others labeled too.")
    if few and not everybody:
        st.caption(
            f"{few:,} people below {MIN_UNITS} answers are not shown: where they stand is chance."
        )


def _table(
    told: Sequence[Annotator],
    vendors: Mapping[str, tuple[str, ...]],
    states: Mapping[str, str],
) -> None:
    names = tuple(one.annotator_id for one in told)
    table = pd.DataFrame([_row(one, vendors, states) for one in told])
    st.dataframe(
        table.loc[:, (table != "-").any()],
        hide_index=True,
        lazy=False,
        row_height=_HEIGHT,
        height=_HEIGHT * (min(len(told), _MOST) + 1) + 3,
        on_select=_picked,
        selection_mode="single-row",
        key=_KEY,
        column_config=_columns(),
        alt="Annotators, flagged and lowest first",
    )
    st.session_state[f"{_KEY}-names"] = names


def _columns() -> Mapping[str, ColumnConfig]:
    text, picture = st.column_config.TextColumn, st.column_config.ImageColumn
    gold, peers = "Accuracy on gold", "Share of equal answers of others on the same items"
    return {
        "Annotator": text(pinned=True, width=85),
        "Vendor": text(width=85),
        "Flags": text(width=95, help="What checks saw, by what both sides said of it"),
        "Gold": text(width=115, help=f"{gold}, with its 95% interval"),
        "0 to 1": picture(width=110, help=gold),
        "n gold": text(width=55, help="Answers on gold"),
        "Peers": text(width=115, help=f"{peers}, with its 95% interval"),
        "0 to 1 ": picture(width=110, help=peers),
        "n peers": text(width=60, help="Items shared with others"),
        "Points": text(
            width=55, help="Agreement with the others less theirs among themselves, in points"
        ),
        "Pace": text(width=60, help="Time for an answer on the same items: 1 is the usual"),
        "Median": text(width=60, help="Time for an answer"),
    }


def _picked() -> None:
    rows = st.session_state[_KEY].selection.rows
    names = st.session_state.get(f"{_KEY}-names", ())
    if rows and rows[0] < len(names):
        st.query_params["annotator"] = names[rows[0]]
    else:
        st.query_params.pop("annotator", None)


def _row(
    one: Annotator, vendors: Mapping[str, tuple[str, ...]], states: Mapping[str, str]
) -> dict[str, str | None]:
    gold = _rate(one.gold_accuracy, one.gold_low, one.gold_high)
    peers = _rate(one.peer_agreement, one.peer_low, one.peer_high)
    return {
        "Annotator": visible(one.annotator_id, 60),
        "Vendor": words.names(vendors.get(one.annotator_id, ())) or "-",
        "Flags": states.get(one.annotator_id, "-"),
        "Gold": words.interval(gold),
        "0 to 1": inline_interval(gold, width=_PICTURE) or "-",
        "n gold": f"{one.gold_answers:,}" if one.gold_answers else "-",
        "Peers": words.interval(peers),
        "0 to 1 ": inline_interval(peers, width=_PICTURE) or "-",
        "n peers": f"{one.peer_units:,}",
        "Points": words.points(one.excess),
        "Pace": words.factor(one.pace),
        "Median": words.seconds(one.median_s),
    }


def _rate(value: float | None, low: float | None, high: float | None) -> Estimate | None:
    return None if value is None else Estimate("rate", "nominal", value, low, high)
