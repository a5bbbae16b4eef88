"""What was measured, and what follows from it: ratios, reasons, and whether goals are met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.agreement.comparisons import Comparison


@dataclass(frozen=True)
class Measured:
    """CPU seconds, MB of extra memory and the value, or why there are none."""

    seconds: float | None = None
    extra_mb: float | None = None
    value: float | None = None
    cannot: str | None = None


@dataclass(frozen=True)
class Result:
    """One comparison, measured."""

    comparison: Comparison
    peer: Measured
    ours: Measured

    @property
    def ratio(self) -> float | None:
        """Return how many times the CPU time of labelaudit the peer takes."""
        if self.peer.seconds is None or self.ours.seconds is None:
            return None
        return self.peer.seconds / self.ours.seconds

    @property
    def same(self) -> bool | None:
        """Say whether both found the same number; a replicate loop finds none of its own."""
        if self.peer.value is None or self.ours.value is None:
            return None
        return abs(self.peer.value - self.ours.value) < 1e-9


def slower(results: Sequence[Result]) -> list[Result]:
    """Return the comparisons in which the peer was faster."""
    return [result for result in results if result.ratio is not None and result.ratio < 1]


def in_point_estimates(results: Sequence[Result]) -> list[tuple[int, int, float]]:
    """Return units, labels, and how many point estimates 1,000 replicates cost."""
    points = {
        (r.comparison.units, r.comparison.labels): r.ours.seconds
        for r in results
        if r.comparison.job == "alpha" and r.comparison.given == "long" and r.ours.seconds
    }
    drawn = {
        (r.comparison.units, r.comparison.labels): r.ours.seconds
        for r in results
        if r.comparison.job == "alpha, 1,000 replicates" and r.ours.seconds
    }
    return [(*size, drawn[size] / points[size]) for size in sorted(drawn) if size in points]
