"""Two runs beside each other: what a relabeling changed, and whether it repaired anything."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app import load
from app.components.text import plain
from labelaudit.comparing import compare_runs
from labelaudit.comparing.judging import WHY_ASKED
from labelaudit.errors import LabelAuditError
from labelaudit.reports.compare_columns import span, value
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from labelaudit.comparing import ReAudit
    from labelaudit.comparing.record import BatchChange, ChangeCount, Difference
    from labelaudit.review import Run

_EXAMPLES = 50


def show(runs: Sequence[Run]) -> None:
    """Let two runs be chosen, and compare them when asked."""
    there = {run.id: run for run in runs if load.folder(run.id) is not None}
    if len(there) < 2:
        return
    with st.expander("Compare two runs: before and after relabeling"):
        names = {run.id: f"{run.dataset}, {run.created:%Y-%m-%d %H:%M}" for run in there.values()}
        newest = next(iter(there.values()))
        with st.form("compare", border=False):
            one, other = st.columns(2)
            before = one.selectbox(
                "Before", [*names], index=_before(newest, [*names]), format_func=_named(names)
            )
            after = other.selectbox("After", [*names], index=0, format_func=_named(names))
            sent = st.file_uploader(
                "The relabel file that was sent (otherwise: what the first run proposed)",
                type=["csv", "jsonl"],
            )
            if st.form_submit_button("Compare"):
                _compare(before, after, sent)


def _named(names: dict[str, str]) -> Callable[[str], str]:
    return lambda run: f"{visible(names[run], 60)}, run {run}"


def _before(newest: Run, ids: list[str]) -> int:
    return ids.index(newest.parent) if newest.parent in ids else min(1, len(ids) - 1)


def _compare(before: str, after: str, sent: UploadedFile | None) -> None:
    first, second = load.folder(before), load.folder(after)
    if first is None or second is None:
        st.warning("A run folder is not where it was.")
        return
    try:
        with tempfile.TemporaryDirectory() as place, st.spinner("comparing"):
            _told(compare_runs(first, second, _kept(place, sent)))
    except LabelAuditError as error:
        st.error(f"{plain(error.where)}: {plain(error.problem, 500)}")


def _kept(place: str, sent: UploadedFile | None) -> Path | None:
    if sent is None:
        return None
    path = Path(place) / ("asked.jsonl" if sent.name.endswith(".jsonl") else "asked.csv")
    path.write_bytes(sent.getvalue())
    return path


def _told(found: ReAudit) -> None:
    for note in found.notes:
        st.info(plain(note, 500))
    for repair in found.repairs:
        st.markdown(
            f"**{plain(repair.question_id)}: {plain(repair.outcome)}.** {plain(repair.says, 500)}"
        )
    st.dataframe([_count(one) for one in found.counts if one.batch_id is None], hide_index=True)
    st.dataframe(
        [_difference(one) for one in found.differences if one.batch_id is None], hide_index=True
    )
    st.caption(WHY_ASKED)
    st.dataframe([_batch(one) for one in found.batches], hide_index=True)
    with st.expander(f"The units that changed, the first {_EXAMPLES}"):
        st.dataframe(
            [
                {
                    "list": one.kind,
                    "item": visible(one.item_id, 80),
                    "question": visible(one.question_id, 40),
                    "batch": visible(one.batch_id, 40),
                    "before": visible(one.before, 80),
                    "after": visible(one.after, 80),
                    "asked": visible(one.wanted or "-", 80),
                }
                for one in found.listed[:_EXAMPLES]
            ],
            hide_index=True,
        )


def _count(one: ChangeCount) -> dict[str, object]:
    return {
        "question": visible(one.question_id, 40),
        "units": one.units,
        "asked": one.asked,
        "as asked": one.changed_as_asked,
        "otherwise": one.changed_otherwise,
        "unchanged": one.unchanged_though_asked,
        "missing": one.missing_though_asked,
        "changed, not asked": one.changed_not_asked,
    }


def _difference(one: Difference) -> dict[str, object]:
    return {
        "question": visible(one.question_id, 40),
        "items": one.part,
        "measure": one.measure,
        "units": one.units,
        "before": value(one.before, one.before_low, one.before_high),
        "after": value(one.after, one.after_low, one.after_high),
        "difference": span(one.difference, one.low, one.high, one.undefined),
    }


def _batch(one: BatchChange) -> dict[str, object]:
    return {
        "batch": visible(one.batch_id, 40),
        "before": one.before or "-",
        "after": one.after or "-",
        "reasons before": ", ".join(one.reasons_before),
        "reasons after": ", ".join(one.reasons_after),
    }
