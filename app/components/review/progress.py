"""How far it is: done and left in this filter, one's own pace, and when to stop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from app import load
from app.components.review.acts import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.components.review.desk import Desk
    from labelaudit.review.rates import Rate

PACED_FROM = 5
"""Decisions from which on a pace is said: fewer are a start, not a pace."""


def progress(desk: Desk, counts: Mapping[str, int]) -> None:
    """Draw the progress of a queue."""
    total = sum(counts.values())
    done = counts["decided"]
    told = [f"{done:,} of {total:,} decided", f"{counts['open']:,} left"]
    if counts["skipped"]:
        told.append(f"{counts['skipped']:,} skipped")
    if desk.order == "random":
        told.append(rate_in_words(load.store().error_rate(desk.wanted)))
    share = 100 * done / max(total, 1)
    st.html(
        f'<div class="la-bar"><div style="width: {share:.1f}%"></div></div>'
        f'<p class="la-quiet la-progress">{" - ".join([*told, *_mine(desk)])}</p>'
    )


def _mine(desk: Desk) -> list[str]:
    made = sum(max(count, 0) for count in desk.made.values())
    if not made:
        return []
    mix = ", ".join(f"{count} {WORDS[kind]}" for kind, count in desk.made.items() if count > 0)
    hours = (time.monotonic() - desk.since) / 3600
    pace = f" ({made / hours:,.0f} an hour)" if made >= PACED_FROM and hours > 0 else ""
    return [f"you, this visit: {mix}{pace}"]


def rate_in_words(rate: Rate) -> str:
    """Return what a random sample says, and whether it says enough."""
    found = rate.estimate
    if found.value is None or found.low is None or found.high is None:
        return "The rate of wrong labels shows once the first card of the sample is decided."
    told = (
        f"Wrong labels outside the worst-first queue: {found.value:.1%}"
        f" (95% interval {found.low:.1%} to {found.high:.1%}, {found.units} judged)."
    )
    if rate.narrow:
        return f"{told} <b>That is narrow enough: you may stop here.</b>"
    return f"{told} {rate.left:,} of the sample are left."
