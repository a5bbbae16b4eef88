"""The policy as it stands, to be read, and the command that holds a delivery to it in CI."""

from __future__ import annotations

import shlex
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, cast

import pandas as pd
import streamlit as st

from app import load, settings
from labelaudit.errors import LabelAuditError
from labelaudit.project import fingerprint, load_project
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from labelaudit.review import Run

_LONGEST = 60_000


def policy(run: Run) -> None:
    """Show the limits that the run was held to, the configuration, and the command."""
    place, config = load.folder(run.id), settings.current().config
    audit = load.audit(place) if place else {}
    st.markdown("Read only here: a policy is changed in its file, where changes are reviewed.")
    _limits(audit)
    st.subheader("In CI", anchor=False)
    st.code(_command(audit, config), language="bash", wrap_lines=True)
    st.caption(
        "Exit 0: every batch accepted. 1: at least one rejected. 3: none rejected, at least one"
        " undecided. 2 and 4: the call or the input is wrong."
    )
    st.subheader("Configuration", anchor=False)
    _configuration(run, config)


def _limits(audit: Mapping[str, object]) -> None:
    batches = cast("Sequence[Mapping[str, object]]", audit.get("batches", ()))
    held = {
        (str(each["question_id"]), str(each["name"]), str(each["limit"]))
        for batch in batches
        for each in cast("Sequence[Mapping[str, object]]", batch["thresholds"])
    }
    if not held:
        st.warning("No limit was configured for this run, so nothing in it can pass.")
        return
    rows = [
        {"Question": visible(question, 60), "Limit": name, "At least": limit}
        for question, name, limit in sorted(held)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, lazy=False, key="limits", alt="Limits")


def _command(audit: Mapping[str, object], config: str | None) -> str:
    inputs = cast("Sequence[Mapping[str, object]]", audit.get("inputs", ()))
    folders = sorted({str(PurePath(str(each["path"])).parent) for each in inputs})
    data = folders[0] if len(folders) == 1 and folders[0] != "." else "delivery/"
    words = ["labelaudit", "gate", visible(data, 400)]
    words += ["-c", config] if config else []
    return f"{shlex.join(words)} --report markdown=report.md --report junit=report.xml"


def _configuration(run: Run, config: str | None) -> None:
    if config is None:
        st.markdown("None was named: `labelaudit review -c labelaudit.toml` shows it here.")
        return
    try:
        text = Path(config).read_text(encoding="utf-8-sig")
        same = fingerprint(load_project(Path(config))) == run.config_sha256
    except (OSError, UnicodeDecodeError, LabelAuditError):
        st.warning("The configuration cannot be read any more; the run keeps its own limits.")
        return
    if not same:
        st.warning("It is not what this run was audited with: audit again to hold it to this.")
    st.code(text[:_LONGEST], language="toml", wrap_lines=True, height=420)
