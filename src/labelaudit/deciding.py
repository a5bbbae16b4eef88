"""A threshold as a gate decides it: at the level of its look, from `audit.json` alone.

Standard library only. `audit.json` holds the bounds of every level that a look may be at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from labelaudit.concluding import MIN_AGREEMENT, outcome_of
from labelaudit.errors import UsageError
from labelaudit.looks import Past
from labelaudit.spending import ALL, MOST_LOOKS, tenths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.looks import History
    from labelaudit.model import Side, ThresholdOutcome, VerdictName

EXHAUSTED = "plan-exhausted"
NOT_EVALUATED = "not-evaluated"
_USED_UP = (
    "its plan is used up: decide by hand and waive it, or, if its labels were made anew, begin a"
    " new plan with labelaudit ledger restart"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A threshold of a batch as the gate decides it.

    Attributes
    ----------
    reason
        Why an undecided one is: `plan-exhausted`, `not-evaluated`, or None where more labels
        may decide.
    look
        Which look of its plan it is; None without a ledger, or where no risk is left to spend.
    new
        Whether these data were not seen before.
    risk_fraction, risk_left_fraction
        How much of the consumer's risk the look spends, and how much is left for later ones.

    """

    name: str
    question_id: str
    limit: float
    estimate: float | None
    outcome: ThresholdOutcome
    bound: float | None
    side: Side
    level: float
    needs: str | None
    on_inconclusive: VerdictName = "review"
    n: int = 0
    n_planned: int | None = None
    n_max: int | None = None
    p_below: float | None = None
    fingerprint: str | None = None
    lower: float | None = None
    upper: float | None = None
    reason: str | None = None
    look: int | None = None
    new: bool = False
    risk_fraction: float | None = None
    risk_left_fraction: float | None = None

    @property
    def evaluated(self) -> bool:
        """Whether there was a bound to hold against the floor."""
        return self.lower is not None or self.upper is not None


_COPIED = (
    "name", "question_id", "limit", "estimate", "outcome", "bound", "side", "level", "needs",
    "on_inconclusive", "n", "n_planned", "n_max", "p_below", "fingerprint",
)  # fmt: skip

Bounds = dict[int, "Mapping[str, float | None]"]


def at_once(threshold: Mapping[str, object]) -> Held:
    """Return a threshold as the audit decided it: one look at the full level."""
    copied = {name: threshold[name] for name in _COPIED if name in threshold}
    held = Held(**copied)  # type: ignore[arg-type]
    full = _bounds(threshold).get(ALL, {f"{held.side}": held.bound})
    held = replace(held, lower=full.get("lower"), upper=full.get("upper"))
    return held if held.evaluated else replace(held, reason=NOT_EVALUATED)


def at_a_look(
    batch: str, threshold: Mapping[str, object], history: History, max_looks: int = MOST_LOOKS
) -> Held:
    """Return a threshold at the look that its data are, by what the ledger says of earlier ones.

    Data that were seen before stand at the same look, and level, as the first time. A
    threshold without a bound is not evaluated, and spends nothing.

    Raises
    ------
    UsageError
        If the audit is from a version that kept no bounds.

    """
    held, bounds = at_once(threshold), _bounds(threshold)
    if not bounds:
        problem = "was audited by a version that kept no bounds for looks"
        raise UsageError(f"batch {batch}", problem, next_step="audit the delivery again")
    if not held.evaluated:
        return held
    key = batch, held.question_id, held.name
    if seen := history.seen(key, held.fingerprint):
        return _held(held, seen, bounds, new=False)
    plan = history.plan(key)
    spent = tenths([look.spent for look in plan], held.n, held.n_planned, max_looks)
    if not spent:
        return replace(held, outcome="inconclusive", reason=EXHAUSTED, needs=_USED_UP)
    left = ALL - sum(look.spent for look in plan) - spent
    look = Past(held.fingerprint or "", len(plan) + 1, spent, left, "")
    return _held(held, look, bounds, new=True)


def _held(held: Held, look: Past, bounds: Bounds, *, new: bool) -> Held:
    """Hold the floor against the bounds at the level of the look."""
    at = bounds[look.spent]
    lower, upper = at["lower"], at["upper"]
    outcome = outcome_of(lower, upper, held.limit)
    exhausted = outcome == "inconclusive" and look.left <= 0
    return replace(
        held,
        outcome=outcome,
        side="upper" if outcome == "fail" else "lower",
        bound=upper if outcome == "fail" else lower,
        level=cast("float", at["level"]),
        lower=lower,
        upper=upper,
        reason=EXHAUSTED if exhausted else None,
        needs=None if outcome != "inconclusive" else _USED_UP if exhausted else _more(held),
        look=look.number,
        new=new,
        risk_fraction=look.spent / ALL,
        risk_left_fraction=look.left / ALL,
    )


def _more(held: Held) -> str:
    """Say what would decide, where the full level would have decided and this one does not."""
    if held.needs:
        return held.needs
    more = "" if held.n_planned is None else f"{held.n_planned - held.n:,} "
    if held.name == MIN_AGREEMENT:
        return f"label {more}more items, each by two people or more"
    return f"{more}more answers on gold items" if more else "gold answers from more annotators"


def _bounds(threshold: Mapping[str, object]) -> Bounds:
    found = cast("list[Mapping[str, float | None]]", threshold.get("bounds") or [])
    return {round((bounds["risk_fraction"] or 0) * ALL): bounds for bounds in found}
