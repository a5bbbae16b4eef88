"""The rows of a run that its schema rejected: the first with their lines, all as a file."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from app import load
from labelaudit.safe import visible

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = 20
FILE = "rejected.csv"


def show(run_id: str) -> None:
    """Show the rejected rows of a run, if there are any."""
    folder = load.folder(run_id)
    if folder is None or not (rows := _first(folder / FILE)):
        return
    st.markdown(f"**Rows that were rejected** (the first {len(rows)}); the others went on.")
    st.dataframe(rows, hide_index=True, alt="Rejected rows with file, line, column and reason")
    content = (folder / FILE).read_bytes()
    st.download_button("Download all rejected rows", content, FILE, "text/csv", on_click="ignore")


def _first(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [
                {name: visible(cell or "", 80) for name, cell in _named(row).items()}
                for row in islice(csv.DictReader(file), SHOWN)
            ]
    except OSError:
        return []


def _named(row: dict[str, str]) -> dict[str, str]:
    """Return a row with its file by name alone: where uploads are kept concerns nobody."""
    return {**row, "file": PurePath(row["file"]).name}
