"""One batch among the others of its vendor: agreement, and the mix of labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import dossiers
from app.components.charts import draw
from labelaudit.dossier.courses import around, mixes
from labelaudit.reports.charts import agreement_by_batch, label_shares

if TYPE_CHECKING:
    from pathlib import Path


def course(run: Path, batch: str, question: str) -> None:
    """Show the batches around one, and its mix of labels beside that of all others."""
    near = around(dossiers.lines(run, question), batch)
    known = [line.agreement for line in near if line.agreement is not None]
    own = next(line for line in near if line.batch_id == batch)
    shown = (str(run), dossiers.written(run), batch, question)
    mix = mixes(dossiers.roll(run), question, batch)
    left, right = st.columns([3, 2], gap="large") if mix else (st.container(), None)
    with left:
        st.markdown("**Agreement, batch by batch** - this batch is the diamond")
        if any(one.value is not None for one in known):
            draw(lambda: agreement_by_batch(known, floor=own.floor, marked=batch), "course", *shown)
            st.caption("Bars: 95% intervals. Dashed line: the floor. The same vendor's batches.")
        else:
            st.markdown("Agreement was not measurable in any batch.")
    if right is not None:
        with right:
            st.markdown("**Mix of labels** beside all other batches")
            draw(lambda: label_shares(mix), "mix", *shown)
