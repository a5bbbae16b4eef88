"""The runs that are under review, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import load, state
from app.components import frame
from labelaudit.review import Filter
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from labelaudit.review import Run

_OFFERED = 20


def show(runs: Sequence[Run]) -> None:
    """Show the runs in a table; a row leads to the run."""
    st.subheader("Runs", anchor=False)
    if not runs:
        frame.first_steps()
        return
    st.dataframe(
        [_row(run) for run in runs],
        hide_index=True,
        alt="Runs, newest first, with the number of flags in each state",
        column_config={
            "open": st.column_config.LinkColumn("", display_text="Open", width="small"),
            "audited": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
        },
    )


def offer(folders: Sequence[Path]) -> None:
    """Offer the runs on disk that are not under review, such as those of `labelaudit audit`."""
    if not folders:
        return
    with st.expander(f"{len(folders):,} more on disk, not under review"):
        for folder in folders[:_OFFERED]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(visible(folder.name, 80))
                st.button("Take in", key=f"take-{folder}", on_click=_take_in, args=(folder,))


def _take_in(folder: Path) -> None:
    me = state.require("lead")
    load.store().import_run(folder, me.name, state.now())


def _row(run: Run) -> dict[str, object]:
    counts = load.store().counts(Filter(run.id))
    return {
        "open": f"/overview?run={run.id}",
        "dataset": visible(run.dataset, 80),
        "run": run.id,
        "audited": run.created,
        "flags open": counts["open"],
        "skipped": counts["skipped"],
        "decided": counts["decided"],
        "follows": run.parent or "-",
        "folder": "there" if load.folder(run.id) else "not where it was",
    }
