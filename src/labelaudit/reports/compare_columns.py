"""Columns and figures of comparisons, plain enough for a CI log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.safe import visible
from labelaudit.reports.summary import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDTH = 80
MAX_CELL = 40
MAX_LINES = 20


def table(header: Sequence[str], rows: Iterable[Sequence[str]], left: int = -1) -> Iterator[str]:
    """Yield rows in columns under a header; those from `left` on are numbers."""
    cells = [[visible(cell, MAX_CELL) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for at, row in enumerate(cells):
        placed = (
            cell.rjust(width) if 0 <= left <= n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(placed).rstrip()
        if at == 0:
            yield "-" * min(sum(widths) + 2 * (len(widths) - 1), WIDTH)


def short(measure: str) -> str:
    """Name a measure in a word."""
    return {"krippendorff-alpha": "alpha", "gold-accuracy": "gold"}.get(measure, measure)


def value(point: float | None, low: float | None, high: float | None) -> str:
    """Write a value with its interval, where it has one."""
    ends = f" [{number(low, 2)}, {number(high, 2)}]" if low is not None else ""
    return number(point, 2) + ends


def span(
    difference: float | None,
    low: float | None,
    high: float | None,
    undefined: str | None,
    digits: int = 3,
) -> str:
    """Write a difference with its interval, or why there is none."""
    if difference is None:
        return undefined or "undefined"
    if low is None or high is None:
        return "no change" if difference == 0 else f"{difference:+z.{digits}f} (no interval)"
    return f"{difference:+z.{digits}f} [{low:+z.{digits}f}, {high:+z.{digits}f}]"
