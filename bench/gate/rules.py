"""What decides a batch: the gate itself, through its own code, and what others do instead."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from labelaudit.coefficients import estimate, from_counts
from labelaudit.concluding import MIN_ACCURACY, MIN_AGREEMENT
from labelaudit.deciding import at_a_look, at_once
from labelaudit.holding import GOLD, hold
from labelaudit.looks import GATE, History
from labelaudit.reports.json_report import plain
from labelaudit.settings import Policy
from labelaudit.settling import look_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from labelaudit.coefficients import IntArray
    from labelaudit.deciding import Held
    from labelaudit.model import Estimate

FLOOR, TARGET = 0.667, 0.80
GOLD_FLOOR, GOLD_TARGET = 0.90, 0.95
POLICY = Policy()
BATCH = "b"


def alpha_of(counts: IntArray) -> Estimate:
    """Return alpha of a batch."""
    return estimate("krippendorff-alpha", from_counts(counts), "nominal")


def threshold(found: Estimate) -> Mapping[str, object]:
    """Return a floor held against a batch, as `audit.json` holds it."""
    gold = found.coefficient == GOLD
    limits = (GOLD_FLOOR, GOLD_TARGET) if gold else (FLOOR, TARGET)
    name, seen = MIN_ACCURACY if gold else MIN_AGREEMENT, f"{found.units} {found.annotations}"
    return dict(plain(hold(name, found, *limits, POLICY, fingerprint=seen)))  # type: ignore[arg-type]


def once(found: Estimate) -> Held:
    """Decide a batch without a ledger: one look at the full level."""
    return at_once(threshold(found))


def looked_at(grown: Iterable[Estimate]) -> Held:
    """Gate a batch with a ledger as it grows, until it passes or fails; return the last look."""
    entries: list[Mapping[str, object]] = []
    for found in grown:
        held = at_a_look(BATCH, threshold(found), History(entries))
        entries.append({"kind": GATE, "looks": [look_of(BATCH, held)] if held.new else []})
        if held.outcome != "inconclusive":
            break
    return held


def used_again(grown: Iterable[Estimate]) -> Held:
    """Hold the floor against the full level at every look, as if each were the only one."""
    for found in grown:
        held = once(found)
        if held.outcome != "inconclusive":
            break
    return held


def sizes(planned: int, stretch: float) -> Sequence[int]:
    """Return where four looks are taken: a third of the plan, and three top-ups to its end."""
    cap, start = math.ceil(planned * stretch), max(50, planned // 3)
    step = max((cap - start) / 3, 10)
    return [round(start + step * look) for look in range(4)]
