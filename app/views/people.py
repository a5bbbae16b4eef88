"""Annotators and vendors: where each stands and how sure that is, and what to send back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import dossiers, load
from app.components import frame, links
from app.components.person import SIGNS, person
from app.components.standing import standing
from app.components.text import letter
from app.components.vendor_table import compared, vendor_table
from labelaudit.dossier.people import about, states_of, vendors_of
from labelaudit.dossier.vendors import vendor_lines, vendors_to_write
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from labelaudit.dossier.documents import Document
    from labelaudit.review import PersonFlag, Run
    from labelaudit.review.persons import PersonState

_LETTER = 420


def render() -> None:
    """Show the page."""
    links.follow()
    chosen = load.chosen()
    frame.title("Annotators and vendors", chosen.dataset if chosen else "")
    found = frame.run_of_page()
    if found is None:
        return
    run, place = found
    document = dossiers.document(place)
    if not document.questions:
        st.markdown("No question was measured.")
        return
    question = st.selectbox(
        "Question", document.questions, key="asked", bind="query-params", width=220
    )
    flags = load.store().people(run.id)
    _annotators(run, place, question, flags)
    _vendors(document, question)
    _letters(place, document)


def _annotators(run: Run, place: Path, question: str, flags: Sequence[PersonFlag]) -> None:
    st.subheader("Annotators", anchor=False)
    people = dossiers.people(place, question)
    states = {name: _states(of_one) for name, of_one in states_of(flags).items()}
    standing(people, vendors_of(dossiers.roll(place).staff), states)
    st.caption("Pick a row for the evidence behind its flags and for items to open.")
    name = st.query_params.get("annotator")
    if name:
        person(run.id, place, name, about(flags, name))


def _states(states: Mapping[PersonState, int]) -> str:
    return ", ".join(f"{SIGNS[state][0]} {count} {state}" for state, count in states.items())


def _vendors(document: Document, question: str) -> None:
    st.subheader("Vendors", anchor=False)
    lines = vendor_lines(document, question)
    if not lines:
        st.markdown("The delivery names no vendor.")
        return
    vendor_table(lines)
    compared(document.vendors)


def _letters(place: Path, document: Document) -> None:
    vendors = vendors_to_write(document.verdicts)
    if not vendors:
        return
    st.subheader("What to send back", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        vendor = st.selectbox(
            "Vendor",
            vendors,
            format_func=lambda name: visible(name, 80),
            key="letter",
            bind="query-params",
            width=220,
        )
        if vendor is None:
            return
        text = dossiers.letter(place, vendor)
        st.download_button(
            "Download the letter", text, "letter.md", "text/markdown", on_click="ignore"
        )
    with st.container(border=True, height=_LETTER):
        st.markdown(letter(text))
