"""Results in words and signs: never by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.summary import number
from labelaudit.safe import visible

if TYPE_CHECKING:
    from labelaudit.dossier.batches import Change
    from labelaudit.model import Estimate

SIGNS = {"accept": "✓", "review": "?", "reject": "✕", "waived": "✓"}
OUTCOMES = {"pass": "✓ pass", "inconclusive": "? undecided", "fail": "✕ fail"}
TONES = {"accept": "#2f81f7", "review": "#b58100", "reject": "#d4691e", "waived": "#2f81f7"}
"""Told apart by colour-blind people; beside a sign and a word."""
_MOVED = {"rose": "▲ rose", "fell": "▼ fell", "no-clear-change": "= no clear change"}
UNDEFINED = {
    "no-overlap": "no item has two labels",
    "single-annotator": "one annotator only",
    "too-few-units": "not enough data",
    "one-category": "only one label was given",
    "no-gold": "no gold",
    "not-measured": "not measured",
    "disconnected-annotators": "groups share no item",
    "zero-variance": "no spread to compare",
}


def verdict(name: str) -> str:
    """Write a verdict with its sign."""
    return f"{SIGNS.get(name, '')} {name}".strip()


def because(code: str | None) -> str:
    """Write why there is no number."""
    return UNDEFINED.get(code or "", (code or "").replace("-", " "))


def interval(found: Estimate | None) -> str:
    """Write a value with its interval, or why there is none."""
    if found is None:
        return "-"
    if found.value is None:
        return because(found.undefined)
    if found.low is None:
        return f"{number(found.value, 2)} ({because(found.interval_undefined)})"
    return f"{number(found.value, 2)} [{number(found.low, 2)}, {number(found.high, 2)}]"


def moved(change: Change) -> str:
    """Write a change against the batch before it."""
    if change.moved == "first-batch":
        return "first batch"
    compared = change.compared
    if change.moved == "not-comparable":
        return f"- {because(compared.undefined if compared else None)}"
    by = "" if compared is None or compared.difference is None else f" {compared.difference:+z.2f}"
    return f"{_MOVED[change.moved]}{by}"


def names(several: tuple[str, ...], limit: int = 60) -> str:
    """Write names of vendors or annotators on one line of a table."""
    return visible(", ".join(several), limit)


def points(fraction: float | None) -> str:
    """Write a difference of shares in points."""
    return "-" if fraction is None else f"{fraction:+z.0%}".replace("%", "")


def factor(value: float | None) -> str:
    """Write a factor of the usual."""
    return "-" if value is None else f"{value:.2f} x"


def seconds(value: float | None) -> str:
    """Write a duration."""
    return "-" if value is None else f"{value:,.1f} s"
