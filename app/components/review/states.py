"""What the page says where there is no card, or the card stands on shaky ground."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from app import load
from app.components.review import acts
from app.components.review.acts import WORDS
from app.components.review.desk import current
from app.components.text import escaped, plain
from labelaudit.runs import AUDIT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.components.review.desk import Desk
    from labelaudit.review import Flag, Run

_ALONE = {"no-overlap", "single-annotator"}


def stand(run: Run, folder: Path | None) -> None:
    """Say what is wrong with the run that the cards come from."""
    if folder is None:
        st.warning(
            f"The folder of run {run.id} is not where it was. Cards and decisions are safe in the"
            " store; put the folder back to see its charts and tables."
        )
    elif _digest(str(folder), (folder / AUDIT).stat().st_mtime_ns) != run.audit_sha256:
        st.warning(
            f"Stale: the audit in the folder of run {run.id} is not the one these cards come from."
            " Audit the delivery again and review the new run."
        )
    elif _alone(folder):
        st.info(
            "Each item was labeled by one annotator, so agreement cannot be computed."
            " Known answers, times and the random sample are what can tell errors here."
        )


@st.cache_resource(show_spinner=False, max_entries=16)
def _digest(folder: str, written: int) -> str:
    from pathlib import Path as Place

    return hashlib.sha256((Place(folder) / AUDIT).read_bytes()).hexdigest()


def _alone(folder: Path) -> bool:
    """Say whether nobody shared an item with anybody, under any question."""
    estimates = load.audit(folder).get("estimates")
    listed = estimates if isinstance(estimates, list) else []
    whole = [
        one.get("undefined")
        for one in listed
        if all(one.get(name) is None for name in ("batch_id", "vendor", "annotator_id"))
    ]
    return bool(whole) and all(why in _ALONE for why in whole)


def unanswered(desk: Desk) -> None:
    """Say that the database does not answer, and what is kept until it does."""
    waiting = desk.pending
    kept = (
        f" Your decision ({WORDS[waiting.choice.kind]}) is kept here and not recorded yet."
        if waiting
        else ""
    )
    st.error(f"The database does not answer.{kept} Nothing that was confirmed is lost.")
    st.button("Try again", key="retry", shortcut="Enter", type="primary", on_click=_retry)


def _retry() -> None:
    desk = current()
    if desk.pending:
        acts.settle(desk)
    else:
        acts.advance(desk, desk.flag.id if desk.flag else None)


def nothing_left(desk: Desk, counts: Mapping[str, int]) -> None:
    """Say that a queue is done, empty, or held by others."""
    total, left = sum(counts.values()), counts["open"]
    if not total:
        _empty(desk)
    elif left:
        _finished(
            "Nothing to take",
            f"{left:,} cards are open, each with somebody or for somebody"
            " else. A card that is left alone is free again after five minutes.",
        )
    else:
        skipped = counts["skipped"]
        rest = f" {skipped:,} were skipped." if skipped else ""
        _finished("All decided", f"{counts['decided']:,} of {total:,} in this filter.{rest}")
        if skipped:
            _link("Look at what was skipped", desk, status="skipped")
    _others(desk)


def _empty(desk: Desk) -> None:
    if _is_plain(desk):
        _finished(
            "Nothing flagged",
            "No unit of this run was doubtful enough to be put before a reviewer.",
        )
        return
    _finished("No card fits", "Nothing in this run fits the filter.")
    _link("All flags of the run", desk)


def _others(desk: Desk) -> None:
    if desk.order != "random":
        _link("Review the random sample", desk, order="random-sample")
    st.button("Undo", key="undo", shortcut="Z", on_click=acts.undo, type="tertiary")


def _is_plain(desk: Desk) -> bool:
    wanted = desk.wanted
    asked = (wanted.question_id, wanted.batch_id, wanted.vendor, wanted.reason, wanted.label)
    return all(value is None for value in (*asked, wanted.status, wanted.text, wanted.drawn))


def _finished(title: str, words: str) -> None:
    st.html(f'<div class="la-finished"><h2>{escaped(title)}</h2><p>{escaped(words)}</p></div>')


def _link(words: str, desk: Desk, **query: str) -> None:
    address = f"review?{urlencode({'run': desk.wanted.run_id, **query})}"
    st.html(f'<p><a href="{escaped(address)}" target="_self">{escaped(words)}</a></p>')


def settled(flag: Flag) -> None:
    """Say what was decided upon a flag, and by whom."""
    for made in load.store().history(flag.id)[-5:]:
        label = f", right is <b>{escaped(made.label, 200)}</b>" if made.label else ""
        note = f'<br><span class="la-quiet">{escaped(made.note, 500)}</span>' if made.note else ""
        st.html(
            f"<p>{WORDS[made.kind].capitalize()}{label}, by {escaped(made.reviewer, 80)},"
            f" {made.at:%Y-%m-%d %H:%M} UTC{note}</p>"
        )


def taken(flag: Flag) -> None:
    """Say who has a card open."""
    st.info(f"{plain(flag.claimed_by or 'Somebody')} has this card open. Next (J) leads on.")
