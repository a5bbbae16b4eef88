"""What a run says, read once for all sessions: small, frozen, and dropped by age."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app import load
from labelaudit.annotators import Annotator
from labelaudit.dossier.answers import answers, in_review
from labelaudit.dossier.batches import batch_lines, batch_order
from labelaudit.dossier.documents import read_document
from labelaudit.dossier.gated import as_gated
from labelaudit.dossier.meetings import meetings
from labelaudit.dossier.roll import read_roll
from labelaudit.dossier.rows import findings_about, records
from labelaudit.dossier.vendors import letter_to
from labelaudit.runs import AUDIT, GATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.dossier.answers import Answer, Unit
    from labelaudit.dossier.batches import BatchLine
    from labelaudit.dossier.documents import Document
    from labelaudit.dossier.meetings import Meetings
    from labelaudit.dossier.roll import Roll
    from labelaudit.model import Finding

_KEPT = 8


def document(run: Path) -> Document:
    """Return what a run concluded."""
    return _document(str(run), written(run))


def roll(run: Path) -> Roll:
    """Return who answered when."""
    return _roll(str(run), written(run))


def lines(run: Path, question: str) -> tuple[BatchLine, ...]:
    """Return the batches of a run in their order."""
    return _lines(str(run), written(run), question)


def order(run: Path) -> tuple[str, ...]:
    """Return the names of the batches in their order."""
    return batch_order(document(run), roll(run))


def written(run: Path) -> tuple[int, int]:
    """Return what changes when a run is written, or gated, again."""
    gate = run / GATE
    return (run / AUDIT).stat().st_mtime_ns, gate.stat().st_mtime_ns if gate.is_file() else 0


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _document(run: str, at: tuple[int, int]) -> Document:
    return as_gated(read_document(Path(run)), load.gate(Path(run)))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _roll(run: str, at: tuple[int, int]) -> Roll:
    return read_roll(Path(run))


@st.cache_resource(show_spinner=False, max_entries=_KEPT * 4)
def _lines(run: str, at: tuple[int, int], question: str) -> tuple[BatchLine, ...]:
    return batch_lines(_document(run, at), _roll(run, at), question)


def met(run: Path, batch: str, question: str) -> Meetings:
    """Return who agrees with whom on one question of one batch."""
    return _met(str(run), written(run), batch, question)


def findings(run: Path, column: str, name: str) -> tuple[Finding, ...]:
    """Return every finding about one batch or annotator."""
    return _findings(str(run), written(run), column, name)


@st.cache_resource(show_spinner=False, max_entries=64)
def _met(run: str, at: tuple[int, int], batch: str, question: str) -> Meetings:
    return meetings(Path(run), batch, question, _document(run, at).scales[question])


@st.cache_resource(show_spinner=False, max_entries=64)
def _findings(run: str, at: tuple[int, int], column: str, name: str) -> tuple[Finding, ...]:
    return findings_about(Path(run), column, name)


def people(run: Path, question: str) -> tuple[Annotator, ...]:
    """Return what is known of each annotator at a question."""
    return _people(str(run), written(run), question)


@st.cache_resource(show_spinner=False, max_entries=_KEPT * 4)
def _people(run: str, at: tuple[int, int], question: str) -> tuple[Annotator, ...]:
    return records(Annotator, Path(run), "annotators", [("question_id", "=", question)])


def letter(run: Path, vendor: str) -> str:
    """Return what to send back to a vendor."""
    return _letter(str(run), written(run), vendor)


@st.cache_resource(show_spinner=False, max_entries=32)
def _letter(run: str, at: tuple[int, int], vendor: str) -> str:
    return letter_to(Path(run), _document(run, at), _roll(run, at), vendor)


def answers_of(run: Path, annotator: str, items: tuple[str, ...]) -> Mapping[Unit, Answer]:
    """Return what an annotator and the others answered on some items."""
    return _answers_of(str(run), written(run), annotator, items)


def before_reviewers(run: Path, items: tuple[str, ...]) -> frozenset[Unit]:
    """Return which of some items are before reviewers."""
    return _before_reviewers(str(run), written(run), items)


@st.cache_resource(show_spinner=False, max_entries=64)
def _answers_of(
    run: str, at: tuple[int, int], annotator: str, items: tuple[str, ...]
) -> Mapping[Unit, Answer]:
    return answers(Path(run), annotator, items)


@st.cache_resource(show_spinner=False, max_entries=64)
def _before_reviewers(run: str, at: tuple[int, int], items: tuple[str, ...]) -> frozenset[Unit]:
    return in_review(Path(run), items)
