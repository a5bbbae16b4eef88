"""A batch as a gate judges it: its thresholds at their looks, its reasons, what is waived."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, cast

from labelaudit.concluding import conclude
from labelaudit.deciding import EXHAUSTED, Held, at_a_look, at_once
from labelaudit.model import Reason
from labelaudit.multiplicity import adjusted
from labelaudit.spending import MOST_LOOKS
from labelaudit.waiving import waived

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from labelaudit.looks import History
    from labelaudit.model import VerdictName
    from labelaudit.waiving import Waived, Waivers

_FIELDS = tuple(field.name for field in fields(Held))
FALSE_DISCOVERY = 0.05
"""Of the failed floors that are marked to stand, the share that may be as good as their floor."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A batch, what speaks against it, and what of that is waived.

    Attributes
    ----------
    adjusted_p
        Of each threshold, in their order: p of "the truth is at the floor or above", with
        all floors of the gate counted.

    """

    batch_id: str
    verdict: VerdictName
    reasons: tuple[str, ...]
    thresholds: tuple[Held, ...]
    waived: tuple[Waived, ...]
    adjusted_p: tuple[float | None, ...] = ()

    @property
    def let_through(self) -> bool:
        """Whether every reason is waived, and there was one."""
        against = {*self.reasons}
        return bool(against) and against == {found.check for found in self.waived}

    @property
    def exhausted(self) -> bool:
        """Whether a floor is undecided and no look is left."""
        return any(held.reason == EXHAUSTED for held in self.thresholds)

    @property
    def stands(self) -> bool | None:
        """Whether a failed floor would still fail with all floors counted; None where none failed.

        It marks the list of failed batches, and changes no verdict.
        """
        failed = [
            p is not None and p <= FALSE_DISCOVERY
            for held, p in zip(self.thresholds, self.adjusted_p, strict=True)
            if held.outcome == "fail"
        ]
        return any(failed) if failed else None

    def document(self) -> Mapping[str, object]:
        """Return what `gate.json` says of the batch."""
        return {
            "batch_id": self.batch_id,
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "let_through": self.let_through,
            "stands": self.stands,
            "thresholds": [
                {**{name: getattr(held, name) for name in _FIELDS}, "adjusted_p": p}
                for held, p in zip(self.thresholds, self.adjusted_p, strict=True)
            ],
        }


def judged(
    batches: Sequence[Mapping[str, object]],
    waivers: Waivers,
    history: History | None = None,
    max_looks: int = MOST_LOOKS,
) -> tuple[Judged, ...]:
    """Judge the batches of an `audit.json`; with a history, each threshold at its look."""
    found = [_judged(batch, waivers, history, max_looks) for batch in batches]
    held = [each for batch in found for each in batch.thresholds if each.evaluated]
    p_values = iter(adjusted([each.p_below for each in held]))
    return tuple(
        replace(batch, adjusted_p=tuple(
            next(p_values) if each.evaluated else None for each in batch.thresholds
        ))
        for batch in found
    )  # fmt: skip


def _judged(
    batch: Mapping[str, object], waivers: Waivers, history: History | None, max_looks: int
) -> Judged:
    name, asked = str(batch["batch_id"]), _records(batch, "thresholds")
    vendors, reasons = (
        tuple(cast("Sequence[str]", batch.get(key, ()))) for key in ("vendors", "reasons")
    )
    verdict = cast("VerdictName", batch["verdict"])
    if history is None:
        held = tuple(at_once(threshold) for threshold in asked)
    else:
        held = tuple(at_a_look(name, threshold, history, max_looks) for threshold in asked)
        besides = [Reason(**each) for each in _records(batch, "besides")]  # type: ignore[arg-type]
        outcomes = ((each.name, each.outcome, each.on_inconclusive) for each in held)
        verdict, reasons = conclude(outcomes, besides)
    return Judged(name, verdict, reasons, held, waived(name, vendors, reasons, waivers))


def _records(batch: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    return cast("Sequence[Mapping[str, object]]", batch.get(name, ()))
