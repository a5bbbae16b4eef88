"""The state of the gate: one line that cannot be missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.text import escaped, plain
from app.components.words import SIGNS, TONES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.dossier.gate_state import GateState, Word

_VERDICTS: dict[Word, str] = {"accepted": "accept", "undecided": "review", "rejected": "reject"}
_TITLES: dict[Word, str] = {
    "accepted": "Accepted",
    "undecided": "Not decided yet",
    "rejected": "Not accepted",
}
_FARED = {
    "accept": "accepted",
    "review": "to review",
    "reject": "rejected",
    "waived": "let through",
}
_LONG = 400


def gate(state: GateState, counts: Mapping[str, int]) -> None:
    """Show what the gate says, its exit code, how batches fared, waivers and ledger."""
    verdict = _VERDICTS[state.word]
    strip(verdict, _TITLES[state.word], state.reason, _beside(state), _counted(counts))
    if state.stand:
        stand, failed = state.stand
        st.caption(
            f"Of {failed:,} batches with a failed floor {stand:,} would still fail with the floors"
            " of all batches counted."
        )
    _waivers(state)


def _beside(state: GateState) -> str:
    """Say when the gate was asked, how it ended, and where that stands in the ledger."""
    if not state.asked:
        return f"gate not asked; it would exit {state.exit_code}"
    day = f", {state.today}" if state.today else ""
    ledger = ""
    if state.ledger:
        entries, head = state.ledger
        ledger = f"; ledger entry {entries:,}, head {head[:12]}"
    return f"gate{day}: exit {state.exit_code}{ledger}"


def strip(verdict: str, title: str, reason: str, beside: str = "", right: str = "") -> None:
    """Draw a verdict as sign, word and reason on one strip; `right` is our own markup."""
    tone = TONES[verdict]
    st.html(
        f'<div role="status" style="border:1px solid {tone};border-left:8px solid {tone};'
        "border-radius:6px;padding:.7rem 1rem;display:flex;flex-wrap:wrap;gap:.4rem .9rem;"
        f'align-items:center"><span aria-hidden="true" style="font-size:1.7rem;font-weight:700;'
        f'color:{tone};line-height:1">{SIGNS[verdict]}</span>'
        '<span style="min-width:0;flex:1 1 14rem">'
        f'<b style="font-size:1.2rem;margin-right:.8rem">{escaped(title)}</b>'
        f'<span class="la-quiet">{escaped(beside)}</span><br>'
        f'<span style="overflow-wrap:anywhere">{escaped(reason, _LONG)}</span></span>{right}</div>'
    )


def _counted(counts: Mapping[str, int]) -> str:
    parts = (
        f'<span style="margin-left:1rem"><span style="color:{TONES[name]};font-weight:700">'
        f"{SIGNS[name]}</span> <b>{count:,}</b> {_FARED[name]}</span>"
        for name, count in counts.items()
    )
    return f'<span style="margin-left:-1rem">{"".join(parts)}</span>'


def _waivers(state: GateState) -> None:
    if state.waived:
        used = len(state.waived)
        with st.expander(f"{used} waiver{'s' if used > 1 else ''} used"):
            for one in state.waived:
                st.markdown(
                    f"- **{plain(one.get('check', ''))}** of {plain(one.get('batch_id', ''))}, by"
                    f" {plain(one.get('owner', ''))} until {plain(one.get('expires', ''))}:"
                    f" {plain(one.get('reason', ''))}"
                )
    if state.lapsed:
        st.caption(f"Waivers that have expired: {state.lapsed:,}")
