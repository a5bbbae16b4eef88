"""Where the marks of a plot stand: a point, its interval, a floor and a target, on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.reports.summary import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from labelaudit.model import Estimate

WIDTH = 240
_EDGE = 6
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LOWEST = -1.0


@dataclass(frozen=True, slots=True)
class Plot:
    """Positions from the left, None where there is nothing to draw, and the same in words."""

    point: float | None
    low: float | None
    high: float | None
    floor: float | None
    target: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """The line that all plots of a page share, so that they can be compared by eye."""

    start: float = 0.0

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Ruler:
        """Return a ruler from 0, or below, to 1 that holds the values."""
        least = min((value for value in values if value is not None), default=0.0)
        return cls(max(_LOWEST, least) if least < 0 else 0.0)

    def at(self, value: float | None) -> float | None:
        """Return the position of a value; what lies beyond an end is drawn at that end."""
        if value is None:
            return None
        inside = min(max(value, self.start), 1.0)
        share = (inside - self.start) / (1.0 - self.start)
        return round(_EDGE + share * (WIDTH - 2 * _EDGE), 1)

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Where the marks of the ruler stand, and what is written there."""
        marks = (self.start, *_TICKS) if self.start < 0 else _TICKS
        return tuple((self.at(mark) or 0.0, f"{mark:g}") for mark in marks)

    def plot(
        self, found: Estimate, floor: float | None = None, target: float | None = None
    ) -> Plot:
        """Return the plot of an estimate."""
        return Plot(
            self.at(found.value),
            self.at(found.low),
            self.at(found.high),
            self.at(floor),
            self.at(target),
            words(found, floor, target),
        )


def words(found: Estimate, floor: float | None, target: float | None) -> str:
    """Say what a plot shows."""
    if found.value is None:
        said = f"not measured ({found.undefined})" if found.undefined else "not measured"
    elif found.low is None:
        why = f" ({found.interval_undefined})" if found.interval_undefined else ""
        said = f"{number(found.value)}, no interval{why}"
    else:
        said = f"{number(found.value)}, interval {number(found.low)} to {number(found.high)}"
    said += "" if floor is None else f", floor {floor:g}"
    return said + ("" if target is None else f", target {target:g}")
