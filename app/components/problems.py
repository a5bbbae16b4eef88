"""A delivery that could not be audited: the first problems with their lines, all as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.text import escaped, plain

if TYPE_CHECKING:
    from labelaudit.uploads import Problem

SHOWN = 20


def show(problem: Problem) -> None:
    """Show what is wrong and what to do, and offer the whole list."""
    st.error(f"{plain(problem.where)}: {plain(problem.problem, 500)}")
    if problem.examples:
        listed = "".join(f"<li>{escaped(text, 300)}</li>" for text in problem.examples[:SHOWN])
        st.html(f'<ul class="la-text">{listed}</ul>')
    _rest(problem)
    if problem.next_step:
        st.markdown(f"**Next:** {plain(problem.next_step, 500)}")
    st.caption("Nothing of this delivery was kept in a run.")


def _rest(problem: Problem) -> None:
    if problem.count <= SHOWN:
        return
    held = len(problem.examples)
    st.caption(f"... and {problem.count - min(held, SHOWN):,} more")
    st.download_button(
        f"Download the list ({held:,} of {problem.count:,})",
        "\n".join([f"{problem.where}: {problem.problem}", *problem.examples]) + "\n",
        "problems.txt",
        "text/plain",
        on_click="ignore",
    )
