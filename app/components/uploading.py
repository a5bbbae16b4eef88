"""The three steps of an upload: choose files, settle what the columns mean, audit."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app import load, settings, state
from app.components import mapping, rejected
from app.components.text import escaped, plain
from labelaudit.errors import LabelAuditError
from labelaudit.readers import READERS
from labelaudit.readers.sniffing import all_suffixes
from labelaudit.uploads import Kept, Problem, keep, look, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.uploads import Job

_KEPT, _JOB, _PROBLEM, _DONE = "upload_kept", "upload_job", "upload_problem", "upload_done"


def kept() -> Kept | None:
    """Return the upload of this session."""
    return st.session_state.get(_KEPT)


def job() -> Job | None:
    """Return the audit of this session, while it runs."""
    return st.session_state.get(_JOB)


def problem() -> Problem | None:
    """Return why the last step failed."""
    return st.session_state.get(_PROBLEM)


def choose() -> None:
    """Let files be chosen."""
    if run := st.session_state.get(_DONE):
        st.success(f"The audit is done: run {run} is open on the page Overview.")
        rejected.show(run)
    with st.form("upload", border=False):
        files = st.file_uploader(
            "Files of one delivery: CSV, JSON Lines or Parquet",
            type=[suffix.lstrip(".") for suffix in all_suffixes(READERS)],
            accept_multiple_files=True,
            max_upload_size=settings.MAX_UPLOAD_MB,
        )
        if st.form_submit_button("Read the files", type="primary"):
            _take([(file.name, file.getvalue()) for file in files])


def _take(files: list[tuple[str, bytes]]) -> None:
    state.require("lead")
    st.session_state.pop(_DONE, None)
    with _telling(), st.spinner("reading"):
        found = keep(files, _place())
        mapping.start(look([found.data]))
        st.session_state[_KEPT] = found
    st.rerun()


def settle() -> None:
    """Show what was understood, let it be changed, and start the audit."""
    found = st.session_state[_KEPT]
    for given, name in found.renamed:
        st.caption(f"{plain(given)} is kept as {plain(name)}")
    configuration = mapping.show(lambda chosen: look([found.data], chosen))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        dataset = st.text_input("Name of the dataset", value=_name(found), max_chars=80)
        after = _follows()
    with st.container(horizontal=True):
        if st.button("Audit", type="primary", disabled=not configuration):
            _start(found, configuration, dataset, after)
        st.button("Choose other files", on_click=forget)


def _follows() -> str | None:
    """Ask which run this delivery repairs: its decisions are carried over."""
    runs = {run.id: f"{run.dataset}, {run.created:%Y-%m-%d %H:%M}" for run in load.runs()}
    return st.selectbox(
        "It follows the run",
        [None, *runs],
        format_func=lambda run: "no run" if run is None else plain(runs[run]),
        help="Decisions are carried over where item and label are unchanged.",
    )


def _start(found: Kept, configuration: str, dataset: str, after: str | None) -> None:
    state.require("lead")
    config = found.folder / "labelaudit.toml"
    config.write_text(configuration, encoding="utf-8")
    st.session_state["upload_import"] = (dataset or None, after)
    st.session_state.pop(_PROBLEM, None)
    st.session_state[_JOB] = start(found.data, config, Path(settings.current().runs[0]))
    st.rerun()


def follow() -> bool:
    """Show how far the audit is; say whether it still runs, and take its run in when it ends."""
    running = st.session_state[_JOB]
    if running.running:
        st.html(f'<p role="status">Auditing: {escaped(running.step)} ...</p>')
        st.progress(_SHARE.get(running.step, 0.05))
        st.button("Stop", on_click=_stop)
        return True
    st.session_state[_PROBLEM] = running.problem
    if running.run is not None:
        _import(running.run)
    del st.session_state[_JOB]
    return False


_SHARE = {
    "reading and checking every row": 0.2,
    "measuring agreement and looking for causes": 0.6,
    "writing the run": 0.95,
}


def _import(run: Path) -> None:
    dataset, after = st.session_state["upload_import"]
    with _telling():
        me = state.require("lead")
        done = load.store().import_run(run, me.name, state.now(), dataset=dataset, after=after)
        st.query_params["run"] = done.run.id
        st.session_state[_DONE] = done.run.id
        forget()


def _stop() -> None:
    if (running := st.session_state.pop(_JOB, None)) is not None:
        running.stop()


def forget() -> None:
    """Start again: the files stay on disk under their content's name, and are used again."""
    for name in (_KEPT, _PROBLEM):
        st.session_state.pop(name, None)
    mapping.forget()


@contextmanager
def _telling() -> Iterator[None]:
    """Turn an error for users into the problem that the page shows."""
    st.session_state.pop(_PROBLEM, None)
    try:
        yield
    except LabelAuditError as error:
        st.session_state[_PROBLEM] = Problem(
            error.where, error.problem, error.examples, error.count, error.next_step
        )


def _place() -> Path:
    return Path(settings.current().runs[0]) / "uploads"


def _name(found: Kept) -> str:
    return min(path.name for path in found.data.iterdir()).split(".")[0]
