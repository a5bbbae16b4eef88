"""The file for the vendor: what it shall hold, and that it stays as it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app import load, state
from app.components.text import plain
from labelaudit.errors import LabelAuditError
from labelaudit.review import Wanted
from labelaudit.review.folder import planned
from labelaudit.safe import visible

if TYPE_CHECKING:
    from labelaudit.review import Exported, Run

_WHATS = {"relabel": "Units to label again", "decisions": "All decisions"}
_FORMATS = {"csv": "CSV", "jsonl": "JSON Lines", "label-studio": "Label Studio tasks"}
_ENDINGS = {"csv": ("csv", "text/csv"), "jsonl": ("jsonl", "application/jsonl")}
_JSON = ("json", "application/json")
_MADE = "export-made"


def sending(run: Run) -> None:
    """Offer the file, and list what was sent before."""
    _counts(run)
    lead = state.me().may("lead")
    _form(run, lead=lead)
    if not lead:
        st.caption("Only a lead sends files to a vendor.")
    made = st.session_state.get(_MADE)
    if made is not None and made.export.run_id == run.id and lead:
        _download(made)
    _sent(run)


def _counts(run: Run) -> None:
    found = load.store().concluded(run.id)
    again = found.get("label-wrong", 0) + found.get("ambiguous", 0)
    left = f"{found.get('label-ok', 0)} right, {found.get('bad-item', 0)} broken"
    st.markdown(
        f"**{again:,}** units of this run are decided to be labeled again:"
        f" {found.get('label-wrong', 0):,} wrong, {found.get('ambiguous', 0):,} ambiguous."
        f" Left out: {left}."
    )


def _form(run: Run, *, lead: bool) -> None:
    has_folder = load.folder(run.id) is not None
    with st.container(border=True):
        with st.container(horizontal=True):
            what = st.segmented_control(
                "What",
                list(_WHATS),
                format_func=_WHATS.__getitem__,
                default="relabel",
                key="export-what",
                required=True,
            )
            st.segmented_control(
                "Format",
                list(_FORMATS),
                format_func=_FORMATS.__getitem__,
                default="csv",
                required=True,
                key="export-format",
            )
        relabel = what == "relabel"
        st.checkbox(
            "Also units that the relabeling plan gives more labels",
            key="export-plan",
            disabled=not (relabel and has_folder),
        )
        st.checkbox("Leave out what was sent before", key="export-new")
        st.checkbox(
            "Tell what reviewers answered, their notes and names",
            key="export-answers",
            help="Who labels again and knows the answer copies it.",
        )
        st.button(
            "Make the file",
            key="export-make",
            type="primary",
            disabled=not lead,
            on_click=_make,
            args=(run,),
            help="Its rows are kept as sent: their decisions can then be decided anew, not undone.",
        )


def _make(run: Run) -> None:
    """Write the export, if who asks may."""
    me, said = state.require("lead"), st.session_state
    wanted = Wanted(
        said["export-what"],
        said["export-format"],
        with_answers=said["export-answers"],
        only_new=said["export-new"],
    )
    place = load.folder(run.id)
    try:
        with_plan = said["export-plan"] and wanted.what == "relabel" and place is not None
        more = planned(place) if with_plan and place is not None else ()
        said[_MADE] = load.store().export(run.id, me.name, state.now(), wanted, planned=more)
    except LabelAuditError as error:
        st.toast(f"Nothing was sent: {plain(error.problem)}")


def _download(made: Exported) -> None:
    ending, kind = _ENDINGS.get(made.export.format, _JSON)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            f"Download {made.export.rows:,} rows",
            made.text,
            f"{made.export.what}-{made.export.name}.{ending}",
            kind,
            key="export-download",
            icon=":material/download:",
            on_click="ignore",
        )
        st.markdown(f"Export `{made.export.name}`, kept as sent.", width="content")
    if ending == "csv":
        st.caption(
            "A cell that a spreadsheet would take for a formula, or that begins with an"
            " apostrophe, has an apostrophe before it: take one away to read it."
        )


def _sent(run: Run) -> None:
    st.subheader("What was sent", anchor=False)
    exports = load.store().exports(run.id)
    if not exports:
        st.markdown("Nothing yet.")
        return
    rows = [
        {
            "When (UTC)": f"{made.at:%Y-%m-%d %H:%M}",
            "Export": made.name,
            "What": _WHATS.get(made.what, made.what),
            "Format": _FORMATS.get(made.format, made.format),
            "Rows": made.rows,
            "Answers told": "yes" if made.with_answers else "no",
            "By": visible(made.actor, 60),
        }
        for made in exports
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, lazy=False, key="sent", alt="Exports")
