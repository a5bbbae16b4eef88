"""What a run says, read once for all sessions: small, frozen, and dropped by age."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from labelaudit.dossier.batches import batch_lines, batch_order
from labelaudit.dossier.documents import read_document
from labelaudit.dossier.roll import read_roll
from labelaudit.runs import AUDIT

if TYPE_CHECKING:
    from labelaudit.dossier.batches import BatchLine
    from labelaudit.dossier.documents import Document
    from labelaudit.dossier.roll import Roll

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


def written(run: Path) -> int:
    """Return what changes when a run is written again."""
    return (run / AUDIT).stat().st_mtime_ns


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _document(run: str, at: int) -> Document:
    return read_document(Path(run))


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _roll(run: str, at: int) -> Roll:
    return read_roll(Path(run))


@st.cache_resource(show_spinner=False, max_entries=_KEPT * 4)
def _lines(run: str, at: int, question: str) -> tuple[BatchLine, ...]:
    return batch_lines(_document(run, at), _roll(run, at), question)
