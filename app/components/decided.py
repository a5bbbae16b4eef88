"""The decisions of a run, filtered and paged in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pandas as pd
import streamlit as st

from app import load
from app.components.anew import anew
from app.components.pages import SIZE, first_page, page_now, pager
from labelaudit.review import DecisionFilter
from labelaudit.review.words import DecisionKind
from labelaudit.safe import visible

if TYPE_CHECKING:
    from labelaudit.review import DecisionLine, Run

_KINDS = (*get_args(DecisionKind), "undo")
_PAGE = "decisions-page"
_STANDS = {"yes": True, "no": False}
_LONG = 300


def decided(run: Run) -> None:
    """Show the decisions that fit the filters."""
    wanted = _filters(run)
    lines, total = load.store().decisions(wanted, page=page_now(_PAGE), size=SIZE)
    if not total:
        st.markdown("No decision fits." if _asks(wanted) else "Nobody has decided anything yet.")
        return
    rows = pd.DataFrame(map(_row, lines))
    wide = {"Note": st.column_config.Column(width="medium")}
    chosen = st.dataframe(
        rows,
        hide_index=True,
        lazy=False,
        key=f"decisions-{lines[0].decision.id}-{total}",  # another list, no row picked
        alt="Decisions",
        column_config=wide,
        on_select="rerun",
        selection_mode="single-row",
    )
    pager(_PAGE, total, "decisions")
    picked = chosen["selection"]["rows"]
    if picked and picked[0] < len(lines):
        anew(lines[picked[0]])


def _filters(run: Run) -> DecisionFilter:
    with st.container(horizontal=True):
        kind = st.selectbox(
            "Decision",
            _KINDS,
            index=None,
            placeholder="any",
            key="decision-kind",
            on_change=first_page,
            args=(_PAGE,),
            width=170,
        )
        stands = st.selectbox(
            "Stands",
            list(_STANDS),
            index=None,
            placeholder="any",
            key="decision-stands",
            on_change=first_page,
            args=(_PAGE,),
            width=110,
        )
        by = st.text_input(
            "Reviewer", key="decision-by", on_change=first_page, args=(_PAGE,), width=180
        )
        text = st.text_input(
            "Item, label or note",
            key="decision-text",
            on_change=first_page,
            args=(_PAGE,),
            width=260,
        )
    return DecisionFilter(
        run.id,
        kind=kind,
        reviewer=by or None,
        text=text or None,
        standing=_STANDS.get(stands) if stands else None,
    )


def _asks(wanted: DecisionFilter) -> bool:
    return wanted != DecisionFilter(wanted.run_id)


def _row(line: DecisionLine) -> dict[str, object]:
    made = line.decision
    return {
        "When (UTC)": f"{made.at:%Y-%m-%d %H:%M:%S}",
        "Item": visible(line.item_id, _LONG),
        "Question": visible(line.question_id, 60),
        "Label": _text(line.old_label),
        "Decision": made.kind,
        "Right label": _text(made.label),
        "Reviewer": visible(made.reviewer, 60),
        "Note": visible(made.note, _LONG),
        "Stands": "yes" if line.stands else "no",
        "Sent": "yes" if line.sent else "",
        "Round": made.round,
        "Batch": visible(line.batch_id, 60),
    }


def _text(label: str | None) -> str:
    return "" if label is None else visible(label, _LONG)
