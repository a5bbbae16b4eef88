"""One annotator: what was seen, the items to open, and what both sides say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pandas as pd
import streamlit as st

from app import dossiers, load, state
from app.components import frame, links
from app.components.seen import explain
from app.components.text import escaped, plain
from labelaudit.dossier.people import items_of
from labelaudit.errors import UsageError
from labelaudit.review.persons import LEGAL
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from labelaudit.dossier.answers import Answer, Unit
    from labelaudit.review import PersonFlag, PersonNote
    from labelaudit.review.persons import PersonState, Side

SIGNS: Mapping[PersonState, str] = {
    "open": "○ open",
    "appealed": "△ appealed",
    "upheld": "■ upheld",
    "withdrawn": "✓ withdrawn",
}
_LONG = 600


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whose flags are shown, from which run, and what they and the others answered."""

    run_id: str
    name: str
    answers: Mapping[Unit, Answer]
    before_reviewers: frozenset[Unit]


def person(run_id: str, place: Path, name: str, flags: Sequence[PersonFlag]) -> None:
    """Show the flags on an annotator, each with its evidence, its history and a way to settle."""
    st.subheader(f"Annotator {plain(name, 80)}", anchor=False)
    if not flags:
        st.markdown("Nothing was flagged.")
        return
    st.caption(
        "A flag is a question to talk about, not a conclusion: a different reading of the"
        " guideline or harder items look the same."
    )
    items = tuple(dict.fromkeys(item for flag in flags for item in items_of(flag)))
    found = Evidence(
        run_id,
        name,
        dossiers.answers_of(place, name, items),
        dossiers.before_reviewers(place, items),
    )
    for flag in flags:
        with st.container(border=True, gap="small"):
            _flag(found, flag)


def _flag(found: Evidence, flag: PersonFlag) -> None:
    where = ", ".join(part for part in (flag.question_id, flag.batch_id) if part)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{SIGNS[flag.state]}** - {plain(flag.check)}"
            f"{f' ({plain(where, 80)})' if where else ''}",
            width="stretch",
        )
        explain(flag.check, key=str(flag.id))
    st.markdown(plain(flag.message, _LONG))
    _items(found, flag)
    for note in flag.history:
        _note(note)
    if state.me().may("lead"):
        _settle(flag)


def _items(found: Evidence, flag: PersonFlag) -> None:
    units = [unit for item in items_of(flag) for unit in _units(found, flag, item)]
    if not units:
        return
    rows = [_answered(unit, found.answers[unit]) for unit in units]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        lazy=False,
        key=f"evidence-{flag.id}",
        alt="Items to open first, with the answers they received",
    )
    reviewed = [unit for unit in units if unit in found.before_reviewers]
    if reviewed:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("Open in Review:", width="content")
            for question, item in reviewed:
                asked = {"run": found.run_id, "question": question, "find": item}
                links.link(plain(item, 40), "review", **asked)


def _units(found: Evidence, flag: PersonFlag, item: str) -> list[Unit]:
    asked = [flag.question_id] if flag.question_id else sorted({at for at, _ in found.answers})
    return [(question, item) for question in asked if (question, item) in found.answers]


def _answered(unit: Unit, answer: Answer) -> dict[str, str]:
    question, item = unit
    return {
        "Item": visible(item, 60),
        "Question": visible(question, 60),
        "Their answer": visible(answer.own or "-", 80),
        "The others": visible(answer.others or "-", 120),
        "Gold": visible(answer.gold or "-", 80),
    }


def _note(note: PersonNote) -> None:
    carried = ", carried over from the run before" if note.carried_from else ""
    st.html(
        f'<p style="margin:0"><b>{escaped(note.side)}</b>, {escaped(note.actor, 80)},'
        f' <span class="la-quiet">{note.at:%Y-%m-%d %H:%M} UTC{carried}</span>:'
        f' {SIGNS[note.state]}</p><p class="la-text" style="margin:0">{escaped(note.note)}</p>'
    )


def _settle(flag: PersonFlag) -> None:
    key = f"{flag.id}-{flag.version}"
    with st.expander("Say something of it", key=f"say-{key}"):
        side = st.segmented_control(
            "Who says it", ("buyer", "vendor"), default="buyer", key=f"side-{key}"
        )
        legal = LEGAL[cast("Side", side or "buyer")][flag.state]
        st.selectbox(
            "From now on",
            legal,
            format_func=lambda one: f"{SIGNS[one]} (as it is)" if one == flag.state else SIGNS[one],
            key=f"state-{key}",
            width=260,
        )
        st.text_area("Why", key=f"why-{key}", max_chars=2_000, height=80)
        st.button(
            "Record",
            key=f"record-{key}",
            on_click=_record,
            args=(flag.id, flag.version),
            help=f"Recorded as {frame.who()}",
        )


def _record(flag_id: int, version: int) -> None:
    """Record what was said upon the version that was on screen."""
    me, key = state.require("lead"), f"{flag_id}-{version}"
    said = st.session_state
    try:
        outcome = load.store().settle_person(
            flag_id,
            version,
            me.name,
            said[f"state-{key}"],
            said[f"why-{key}"] or "",
            state.now(),
            side=said[f"side-{key}"] or "buyer",
        )
    except UsageError as error:
        st.toast(f"Not recorded: {plain(error.problem)}")
        return
    st.toast("Recorded." if outcome.accepted else "Not recorded: somebody else was faster.")
