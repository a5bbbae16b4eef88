"""What pages read: the store, and run folders. Held once for all sessions, and never changed.

Large tables stay on disk: pages ask for the rows they show.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from app import settings
from labelaudit.review import open_store
from labelaudit.runs import AUDIT, GATE, read_audit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.review import Run, Store

_LAST = "labelaudit-run"


@st.cache_resource(show_spinner=False)
def _store(db: str) -> Store:
    return open_store(db)


def store() -> Store:
    """Return the review store; a database that is down is asked again the next time."""
    return _store(settings.current().db)


def runs() -> tuple[Run, ...]:
    """Return the runs that are under review, newest first."""
    return store().runs()


def chosen() -> Run | None:
    """Return the run that the pages show: of the address, else of the last page, else newest."""
    found = runs()
    wanted = st.query_params.get("run") or st.session_state.get(_LAST)
    run = next((run for run in found if run.id == wanted), found[0] if found else None)
    if run is not None:
        st.session_state[_LAST] = run.id
    return run


def folder(run_id: str) -> Path | None:
    """Return where a run is; None where it was moved or deleted."""
    places = (Path(place) / run_id for place in settings.current().runs)
    named = (Path(place) for place in settings.current().runs if Path(place).name == run_id)
    return next((place for place in (*places, *named) if (place / AUDIT).is_file()), None)


def unknown() -> list[Path]:
    """Return the runs that lie in the folders of runs and are not under review, newest first."""
    known = {run.id for run in runs()}
    places = [Path(place) for place in settings.current().runs]
    found = [audit.parent for place in places for audit in place.glob(f"*/{AUDIT}")]
    new = {path.resolve() for path in found if path.resolve().name not in known}
    return sorted(new, key=lambda path: -(path / AUDIT).stat().st_mtime_ns)


def audit(path: Path) -> Mapping[str, object]:
    """Return the document of a run."""
    return _audit(str(path), (path / AUDIT).stat().st_mtime_ns)


@st.cache_resource(show_spinner=False, max_entries=8)
def _audit(path: str, written: int) -> Mapping[str, object]:
    return MappingProxyType(read_audit(Path(path)))


def gate(path: Path) -> Mapping[str, object] | None:
    """Return what the gate last said of a run; None where it was never asked."""
    try:
        return MappingProxyType(json.loads((path / GATE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None
