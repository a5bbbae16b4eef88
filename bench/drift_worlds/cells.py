"""A cell of a table: how often something happened, beside how often it should."""

from __future__ import annotations

import math
from dataclasses import dataclass

NOMINAL_LIMIT = 0.08


@dataclass(frozen=True, slots=True)
class Cell:
    """A share over repetitions, with the published share where there is one.

    `alarm` says that the share counts false alarms of a test at a nominal .05.
    """

    world: str
    what: str
    share: float
    runs: int
    reference: float | None = None
    reference_runs: int = 600
    alarm: bool = False

    @property
    def error(self) -> float:
        """Return the standard error of the share."""
        return _error(self.share, self.runs)

    @property
    def apart(self) -> float | None:
        """Return how many standard errors of the difference the share lies above the published."""
        if self.reference is None:
            return None
        spread = math.hypot(self.error, _error(self.reference, self.reference_runs))
        return (self.share - self.reference) / spread

    @property
    def good(self) -> bool:
        """Whether false alarms are few, and no more than published (two standard errors)."""
        if not self.alarm:
            return True
        few = self.share - 2 * self.error <= NOMINAL_LIMIT and self.share <= NOMINAL_LIMIT
        return few and (self.apart is None or self.apart <= 2)


def _error(share: float, runs: int) -> float:
    """Return the standard error of a share, with half a case on either side so that 0 has one."""
    p = (share * runs + 0.5) / (runs + 1)
    return math.sqrt(p * (1 - p) / runs)


def row(*texts: str) -> str:
    """Return a row of a Markdown table."""
    return "| " + " | ".join(texts) + " |"


def table(cells: list[Cell]) -> str:
    """Return the cells as a Markdown table."""
    head = row("world", "what", "ours", "runs", "reference", "difference in s.e.")
    lines = [head, row(*["---"] * 6)]
    for cell in cells:
        apart = cell.apart
        lines.append(
            row(
                cell.world,
                cell.what,
                f"{cell.share:.3f} +- {cell.error:.3f}" + ("" if cell.good else " **high**"),
                str(cell.runs),
                "-" if cell.reference is None else f"{cell.reference:.3f}".rstrip("0"),
                "-" if apart is None else f"{apart:+.1f}",
            )
        )
    return "\n".join(lines)
