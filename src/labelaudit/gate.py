"""The gate: verdicts into an exit code that CI can rely on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, cast

from labelaudit.judged import FALSE_DISCOVERY, judged
from labelaudit.spending import MOST_LOOKS
from labelaudit.waiving import NO_WAIVERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from labelaudit.judged import Judged
    from labelaudit.looks import History
    from labelaudit.reviewed import Reviewed
    from labelaudit.waiving import Waived, Waiver, Waivers

ACCEPTED = 0
REJECTED = 1
USAGE = 2
UNDECIDED = 3
INPUT = 4
INTERNAL = 5
INTERRUPTED = 130
TERMINATED = 143

LOOKS = "one look at the full level; repeated looks are not accounted for"
"""What a gate without a ledger says of a batch that is topped up and gated again."""
COUNTED = "looks are counted in the ledger; at most {} at a batch's data share the risk"
"""What a gate with a ledger says of it."""
UNEVALUATED = "NO THRESHOLD WAS EVALUATED: nothing was measured that a floor could be held against"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the gate decided: the exit code, and why in one line."""

    exit_code: int
    reason: str
    rejected: tuple[str, ...]
    undecided: tuple[str, ...]
    let_through: tuple[str, ...] = ()
    waived: tuple[Waived, ...] = ()
    batches: tuple[Judged, ...] = ()
    looks: str = LOOKS

    @property
    def failed(self) -> tuple[Judged, ...]:
        """The batches with a failed floor."""
        return tuple(batch for batch in self.batches if batch.stands is not None)

    def document(self) -> Mapping[str, object]:
        """Return the content of `gate.json`."""
        return {**self.brief(), "batches": [batch.document() for batch in self.batches]}

    def brief(self) -> Mapping[str, object]:
        """Return the same without what it says of each batch."""
        return {
            "schema_version": "1",
            "exit_code": self.exit_code,
            "reason": self.reason,
            "rejected": list(self.rejected),
            "undecided": list(self.undecided),
            "let_through": list(self.let_through),
            "looks": self.looks,
            "multiplicity": self._multiplicity(),
        }

    @property
    def multiplicity(self) -> str:
        """Which failed batches would stand if all floors were counted, in words; else nothing."""
        failed, stand = self.failed, [batch for batch in self.failed if batch.stands]
        if not failed or len(failed) == len(stand) == 1:
            return ""
        others = _some([batch.batch_id for batch in failed if not batch.stands])
        return (
            f"failed batches that would stand with all {self._floors} floors counted"
            f" (Benjamini-Hochberg, {FALSE_DISCOVERY:.0%}): {len(stand)} of {len(failed)}"
            + (f"; not {others}" if others else "")
        )

    @property
    def _floors(self) -> int:
        return sum(held.evaluated for batch in self.batches for held in batch.thresholds)

    def _multiplicity(self) -> Mapping[str, object]:
        return {
            "method": "benjamini-hochberg",
            "false_discovery_rate": FALSE_DISCOVERY,
            "floors": self._floors,
            "failed": [batch.batch_id for batch in self.failed],
            "stand": [batch.batch_id for batch in self.failed if batch.stands],
        }


def decide(verdicts: Sequence[tuple[str, str]], *, has_thresholds: bool) -> Outcome:
    """Turn (batch, verdict) pairs into the gate's outcome.

    Examples
    --------
    >>> decide([("b1", "accept"), ("b2", "review")], has_thresholds=True).exit_code
    3
    >>> decide([("b1", "accept")], has_thresholds=False).exit_code
    3

    """
    rejected = tuple(batch for batch, verdict in verdicts if verdict == "reject")
    undecided = tuple(batch for batch, verdict in verdicts if verdict == "review")
    if rejected:
        return Outcome(REJECTED, f"rejected: {_some(rejected)}", rejected, undecided)
    if not has_thresholds:
        reason = "NO THRESHOLD IS CONFIGURED: nothing was gated, so nothing passed"
        return Outcome(UNDECIDED, reason, rejected, undecided)
    if undecided or not verdicts:
        reason = f"undecided: {_some(undecided)}" if undecided else "no batch was delivered"
        return Outcome(UNDECIDED, reason, rejected, undecided)
    return Outcome(ACCEPTED, "every batch is accepted", rejected, undecided)


def decide_run(
    audit: Mapping[str, object], waivers: Waivers = NO_WAIVERS, history: History | None = None
) -> Outcome:
    """Return the outcome of a finished run, from the document of its `audit.json` alone.

    With the history of a ledger each threshold stands at the level of its look, without one
    at the full level. A batch is let through only where every reason against it is waived.
    """
    summary = cast("Mapping[str, object]", audit["summary"])
    batches = cast("Sequence[Mapping[str, object]]", audit["batches"])
    max_looks = cast("int", summary.get("max_looks", MOST_LOOKS))
    found = judged(batches, waivers, history, max_looks)
    pairs = [(batch.batch_id, "accept" if batch.let_through else batch.verdict) for batch in found]
    outcome = decide(pairs, has_thresholds=bool(summary["has_thresholds"]))
    if outcome.exit_code == ACCEPTED and not any(map(_evaluated, found)):
        outcome = Outcome(UNDECIDED, UNEVALUATED, (), ())
    through = tuple(batch.batch_id for batch in found if batch.let_through)
    only = f", {len(through)} of them only by a waiver: {_some(through)}" if through else ""
    return replace(
        outcome,
        reason=outcome.reason + (only if outcome.exit_code == ACCEPTED else ""),
        let_through=through,
        waived=tuple(chain.from_iterable(batch.waived for batch in found)),
        batches=found,
        looks=LOOKS if history is None else COUNTED.format(max_looks),
    )


def _evaluated(batch: Judged) -> bool:
    return any(held.evaluated for held in batch.thresholds)


@dataclass(frozen=True, slots=True)
class Decided:
    """An outcome on a day, with the waivers there were and where the ledger then stood."""

    outcome: Outcome
    waivers: Waivers
    today: date
    ledger: Mapping[str, str | int] | None = None
    decisions: Reviewed | None = None

    @property
    def unused(self) -> tuple[Waiver, ...]:
        """The waivers in force that nothing needed."""
        used = [found.waiver for found in self.outcome.waived]
        return tuple(waiver for waiver in self.waivers.valid if waiver not in used)

    def waived(self) -> list[Mapping[str, str]]:
        """Return what was waived, batch by batch, with the waivers."""
        return [
            {"batch_id": found.batch_id, **_plain(found.waiver)} for found in self.outcome.waived
        ]

    def document(self) -> Mapping[str, object]:
        """Return the content of `gate.json`."""
        return {
            **self.outcome.document(),
            "today": self.today.isoformat(),
            "waived": self.waived(),
            "waivers": {
                "valid": len(self.waivers.valid),
                "unused": [_plain(waiver) for waiver in self.unused],
                "expired": [_plain(waiver) for waiver in self.waivers.expired],
                "faulty": list(self.waivers.faulty),
            },
            "ledger": self.ledger,
            **({"decisions": self.decisions.document()} if self.decisions else {}),
        }


def _plain(waiver: Waiver) -> dict[str, str]:
    return {**asdict(waiver), "expires": waiver.expires.isoformat()}


def _some(batches: Sequence[str], shown: int = 10) -> str:
    more = f" and {len(batches) - shown} more" if len(batches) > shown else ""
    return ", ".join(batches[:shown]) + more
