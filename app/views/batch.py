"""One batch: its verdict and why, who agrees with whom, and where it stands among the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app import dossiers, load
from app.components import banner, frame, links
from app.components.agreeing import agreeing
from app.components.course import course
from app.components.limits import limits
from app.components.seen import seen
from app.components.text import plain
from labelaudit.dossier.causes import because
from labelaudit.dossier.courses import neighbours
from labelaudit.dossier.rows import rejected_cells
from labelaudit.review import Filter
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from labelaudit.model import BatchVerdict, Finding
    from labelaudit.review import Flag, Run

_TITLES = {"accept": "Accepted", "review": "To review", "reject": "Rejected"}
_REJECTED = 50
_FLAGS = 10
_CARD = "card-click"


def render() -> None:
    """Show the page."""
    links.follow()
    found = frame.run_of_page()
    if found is None:
        return
    run, place = found
    name = st.query_params.get("batch", "")
    document = dossiers.document(place)
    verdicts = {one.batch_id: one for one in document.verdicts}
    if name not in verdicts:
        frame.title("Batch")
        st.warning(f"This run has no batch {plain(name)}" if name else "No batch was named.")
        links.link("All batches", "overview", run=run.id)
        return
    _head(run, place, verdicts[name])
    findings = dossiers.findings(place, "batch_id", name)
    _why(verdicts[name], findings, waived=name in document.let_through)
    st.subheader("Limits", anchor=False)
    looks = {(at, held): look for (of, at, held), look in document.looks.items() if of == name}
    limits(verdicts[name].thresholds, looks)
    st.subheader("What was seen", anchor=False)
    seen(findings)
    _rejected(place, name)
    _flagged(run, name)
    _questions(place, name)


def _head(run: Run, place: Path, verdict: BatchVerdict) -> None:
    vendors = ", ".join(verdict.vendors)
    frame.title(
        f"Batch {plain(verdict.batch_id, 80)}",
        f"{vendors + ': ' if vendors else ''}{verdict.units:,} units, {verdict.annotations:,}"
        f" answers, {verdict.annotators:,} annotators",
    )
    before, after = neighbours(dossiers.order(place), verdict.batch_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        links.link("All batches", "overview", run=run.id)
        _turn("Before", before, "left")
        _turn("After", after, "right")


def _turn(words: str, batch: str | None, way: str) -> None:
    if batch is not None:
        st.button(
            f"{words}: {plain(batch, 40)}",
            key=f"turn-{way}",
            type="tertiary",
            icon=f":material/arrow_{'back' if way == 'left' else 'forward'}:",
            on_click=_turn_to,
            args=(batch,),
        )


def _turn_to(batch: str) -> None:
    st.query_params["batch"] = batch


def _why(verdict: BatchVerdict, findings: Sequence[Finding], *, waived: bool) -> None:
    said = " ".join(f"{line}." for line in because(verdict, findings))
    beside = ", ".join(verdict.reasons)
    passed = said or "Every limit that is set was passed."
    title = _TITLES[verdict.verdict] + (", and let through by a waiver" if waived else "")
    banner.strip(verdict.verdict, title, passed, beside)


def _flagged(run: Run, batch: str) -> None:
    page = load.store().flags(Filter(run.id, batch_id=batch), size=_FLAGS)
    st.subheader("Flagged items", anchor=False)
    if not page.flags:
        st.markdown("Nothing of this batch is before a reviewer.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = min(page.total, _FLAGS)
        st.markdown(f"The {shown} riskiest of {page.total:,}", width="content")
        links.link("Review them", "review", run=run.id, batch=batch)
    st.dataframe(
        pd.DataFrame([_flag(one) for one in page.flags]),
        hide_index=True,
        lazy=False,
        alt="The riskiest flagged items of this batch",
        key="flagged",
        column_config={
            "Card": st.column_config.ButtonColumn(
                type="tertiary",
                width=70,
                key=_CARD,
                on_click=_open,
                args=(run.id, tuple(flag.id for flag in page.flags)),
            )
        },
    )


def _open(run: str, flags: Sequence[int]) -> None:
    flag = flags[st.session_state[_CARD].row]
    links.go("review", run=run, flag=str(flag))


def _flag(flag: Flag) -> dict[str, str | float | None]:
    return {
        "Item": visible(flag.item_id, 80),
        "Question": visible(flag.question_id, 60),
        "Why": ", ".join(flag.reasons),
        "Label": visible(flag.label or "-", 60),
        "Votes": visible(flag.votes or "-", 120),
        "State": flag.status,
        "Card": "Open",
    }


def _questions(place: Path, batch: str) -> None:
    st.subheader("By question", anchor=False)
    questions = dossiers.document(place).questions
    asked = _asked(questions)
    if asked is None:
        return
    flags = {one.annotator_id: one.flagged_by for one in dossiers.people(place, asked)}
    course(place, batch, asked)
    shown = (str(place), dossiers.written(place), batch, asked)
    agreeing(dossiers.met(place, batch, asked), flags, *shown)


def _asked(questions: Sequence[str]) -> str | None:
    if len(questions) < 2:
        return questions[0] if questions else None
    return st.selectbox("Question", questions, key="asked", bind="query-params", width=220)


def _rejected(place: Path, batch: str) -> None:
    found = [one for one in dossiers.document(place).rejected if one.batch_id == batch]
    if not found:
        return
    st.subheader("Rejected rows", anchor=False)
    told = (
        f"- {one.count:,} x **{plain(one.reason)}** in {plain(one.column)}, such as"
        f" {plain(', '.join(one.examples), 120)}"
        for one in found
    )
    st.markdown("\n".join(told))
    cells = rejected_cells(place, batch, _REJECTED)
    rows = [{name.capitalize(): visible(cell, 80) for name, cell in row.items()} for row in cells]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        lazy=False,
        alt="Rejected rows with file, row, column and value",
        key="rejected",
    )
    st.caption(f"The first {len(rows)}; all of them stand in rejected.csv of the run.")
