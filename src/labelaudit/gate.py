"""The gate: verdicts into an exit code that CI can rely on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ACCEPTED = 0
REJECTED = 1
USAGE = 2
UNDECIDED = 3
INPUT = 4
INTERNAL = 5
INTERRUPTED = 130
TERMINATED = 143


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the gate decided: the exit code, and why in one line."""

    exit_code: int
    reason: str
    rejected: tuple[str, ...]
    undecided: tuple[str, ...]

    def document(self) -> Mapping[str, object]:
        """Return the content of `gate.json`."""
        return {
            "schema_version": "1",
            "exit_code": self.exit_code,
            "reason": self.reason,
            "rejected": list(self.rejected),
            "undecided": list(self.undecided),
            "looks": "one look at the full level; repeated looks are not accounted for",
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


def decide_run(audit: Mapping[str, object]) -> Outcome:
    """Return the outcome of a finished run, from the document of its `audit.json` alone."""
    batches = cast("Sequence[Mapping[str, str]]", audit["batches"])
    summary = cast("Mapping[str, object]", audit["summary"])
    return decide(
        [(batch["batch_id"], batch["verdict"]) for batch in batches],
        has_thresholds=bool(summary["has_thresholds"]),
    )


def _some(batches: Sequence[str], shown: int = 10) -> str:
    more = f" and {len(batches) - shown} more" if len(batches) > shown else ""
    return ", ".join(batches[:shown]) + more
