"""The gate: verdicts into an exit code that CI can rely on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, cast

from labelaudit.waiving import NO_WAIVERS, waived

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

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
"""What a gate says of a batch that is topped up and gated again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the gate decided: the exit code, and why in one line."""

    exit_code: int
    reason: str
    rejected: tuple[str, ...]
    undecided: tuple[str, ...]
    let_through: tuple[str, ...] = ()
    waived: tuple[Waived, ...] = ()

    def document(self) -> Mapping[str, object]:
        """Return the content of `gate.json`."""
        return {
            "schema_version": "1",
            "exit_code": self.exit_code,
            "reason": self.reason,
            "rejected": list(self.rejected),
            "undecided": list(self.undecided),
            "let_through": list(self.let_through),
            "looks": LOOKS,
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


def decide_run(audit: Mapping[str, object], waivers: Waivers = NO_WAIVERS) -> Outcome:
    """Return the outcome of a finished run, from the document of its `audit.json` alone.

    A batch is let through only where every reason that speaks against it is waived.
    """
    batches = cast("Sequence[Mapping[str, str]]", audit["batches"])
    summary = cast("Mapping[str, object]", audit["summary"])
    found = [_Batch.of(batch, waivers) for batch in batches]
    pairs = [(batch.name, "accept" if batch.let_through else batch.verdict) for batch in found]
    outcome = decide(pairs, has_thresholds=bool(summary["has_thresholds"]))
    through = tuple(batch.name for batch in found if batch.let_through)
    only = f", {len(through)} of them only by a waiver: {_some(through)}" if through else ""
    return replace(
        outcome,
        reason=outcome.reason + (only if outcome.exit_code == ACCEPTED else ""),
        let_through=through,
        waived=tuple(chain.from_iterable(batch.waived for batch in found)),
    )


@dataclass(frozen=True, slots=True)
class _Batch:
    """What speaks against a batch, and what of that is waived."""

    name: str
    verdict: str
    reasons: Sequence[str]
    waived: tuple[Waived, ...]

    @classmethod
    def of(cls, batch: Mapping[str, object], waivers: Waivers) -> _Batch:
        """Read a batch of `audit.json`."""
        name, verdict = str(batch["batch_id"]), str(batch["verdict"])
        vendors, reasons = (
            cast("Sequence[str]", batch.get(key, ())) for key in ("vendors", "reasons")
        )
        return cls(name, verdict, reasons, waived(name, vendors, reasons, waivers))

    @property
    def let_through(self) -> bool:
        """Whether every reason is waived, and there was one."""
        against = {*self.reasons}
        return bool(against) and against == {found.check for found in self.waived}


@dataclass(frozen=True, slots=True)
class Decided:
    """An outcome on a day, with the waivers there were and where the ledger then stood."""

    outcome: Outcome
    waivers: Waivers
    today: date
    ledger: Mapping[str, str | int] | None = None

    @property
    def unused(self) -> tuple[Waiver, ...]:
        """The waivers in force that nothing needed."""
        used = [found.waiver for found in self.outcome.waived]
        return tuple(waiver for waiver in self.waivers.valid if waiver not in used)

    def document(self) -> Mapping[str, object]:
        """Return the content of `gate.json`."""
        return {
            **self.outcome.document(),
            "today": self.today.isoformat(),
            "waived": [
                {"batch_id": found.batch_id, **_plain(found.waiver)}
                for found in self.outcome.waived
            ],
            "waivers": {
                "valid": len(self.waivers.valid),
                "unused": [_plain(waiver) for waiver in self.unused],
                "expired": [_plain(waiver) for waiver in self.waivers.expired],
                "faulty": list(self.waivers.faulty),
            },
            "ledger": self.ledger,
        }


def _plain(waiver: Waiver) -> dict[str, str]:
    return {**asdict(waiver), "expires": waiver.expires.isoformat()}


def _some(batches: Sequence[str], shown: int = 10) -> str:
    more = f" and {len(batches) - shown} more" if len(batches) > shown else ""
    return ", ".join(batches[:shown]) + more
