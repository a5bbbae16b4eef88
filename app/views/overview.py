"""Overview: is the delivery good enough, which batches are not, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import dossiers, load
from app.components import banner, frame, links
from app.components.batch_table import batch_table
from app.components.review import states
from app.components.text import plain
from labelaudit.dossier.batches import worst_first
from labelaudit.dossier.drifted import drifted
from labelaudit.dossier.gate_state import gate_state, verdict_counts
from labelaudit.dossier.next_steps import some_of_each

if TYPE_CHECKING:
    from pathlib import Path

    from labelaudit.dossier.documents import Document
    from labelaudit.dossier.next_steps import NextStep
    from labelaudit.review import Run

_PICKED = "picked-run"
_VERDICTS = ("all", "reject", "review", "accept")


def render() -> None:
    """Show the page."""
    links.follow()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        frame.title("Overview")
        run = _picked()
    found = frame.run_of_page()
    if run is None or found is None:
        return
    _, place = found
    document = dossiers.document(place)
    waiting = load.store().open_by_batch(run.id)
    banner.gate(gate_state(document, load.gate(place)), verdict_counts(document))
    states.stand(run, place)
    _next(document, run, sum(waiting.values()))
    _drift(document)
    _batches(document, run, place, waiting)


def _picked() -> Run | None:
    """Let a run be picked, where there are several."""
    runs, chosen = load.runs(), load.chosen()
    if chosen is None:
        return None
    names = {run.id: _name(run) for run in runs}
    st.selectbox(
        "Run",
        list(names),
        index=list(names).index(chosen.id),
        format_func=names.__getitem__,
        key=f"{_PICKED}-{chosen.id}",
        on_change=_pick,
        args=(chosen.id,),
        label_visibility="collapsed",
        width=430,
    )
    return chosen


def _name(run: Run) -> str:
    return f"{run.dataset}, {run.created:%Y-%m-%d %H:%M} UTC, run {run.id}"


def _pick(chosen: str) -> None:
    st.query_params["run"] = st.session_state[f"{_PICKED}-{chosen}"]


def _next(document: Document, run: Run, waiting: int) -> None:
    steps = some_of_each(document, waiting)
    st.subheader("What to do next", anchor=False)
    if not steps:
        st.markdown(
            "Nothing is flagged and every batch is accepted."
            " A random sample still tells how many labels are wrong: open *Review*."
        )
    for number, step in enumerate(steps, start=1):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{number}. {plain(step.words, 400)}", width="stretch")
            _where(step, run)


def _where(step: NextStep, run: Run) -> None:
    if step.doing == "send-back" and step.vendor:
        links.link("Letter", "people", run=run.id, letter=step.vendor)
    elif step.batch_id:
        links.link("Details", "batch", run=run.id, batch=step.batch_id)
    elif step.doing == "review":
        links.link("Review", "review", run=run.id)
    elif step.doing == "relabel":
        links.link("Export", "exports", run=run.id)


def _drift(document: Document) -> None:
    found = drifted(document.findings)
    if not found:
        return
    said = dict.fromkeys((one.batch_id or one.vendor or "the delivery", one.check) for one in found)
    told = "; ".join(f"{plain(where)}: {plain(check)}" for where, check in [*said][:8])
    more = f"; and {len(said) - 8:,} more" if len(said) > 8 else ""
    st.markdown(f"**Unlike the other batches:** {told}{more}")


def _batches(document: Document, run: Run, place: Path, waiting: dict[str, int]) -> None:
    st.subheader("Batches", anchor=False)
    with st.container(horizontal=True):
        question = st.selectbox(
            "Question", document.questions, key="asked", bind="query-params", width=220
        )
        wanted = st.segmented_control(
            "Verdict", _VERDICTS, default="all", key="verdict", bind="query-params"
        )
    if question is None:
        st.markdown("No question was measured.")
        return
    lines = worst_first(dossiers.lines(place, question))
    shown = [line for line in lines if wanted in (None, "all", line.verdict)]
    if shown:
        batch_table(run.id, shown, waiting)
    else:
        st.markdown("No batch has this verdict.")
