"""Write docs/coverage.md again: the coverage studies of bench/, as tables that can be read."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generated import ROOT, main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generated import Pages

PAGE = ROOT / "docs" / "coverage.md"
UNITS_STUDY = ROOT / "bench" / "coverage.md"
PEOPLE_STUDY = ROOT / "bench" / "coverage_people.md"
HEAD = """# How often does an interval hold the truth?

A 95 % interval should hold the true value in 95 of 100 batches. These simulations count how
often it does, in worlds whose truth is known. The page is made from the studies' results
(`python scripts/refresh_coverage.py`); [bench/coverage.md](../bench/coverage.md) and
[bench/coverage_people.md](../bench/coverage_people.md) hold every line, and how to run them
again. What to resample for which claim is on [the page about
choosing](choosing-a-coefficient.md).

## Batches of independent items

Three annotators an item; 400 batches in each of six settings (two ways to err, alpha 0.4, 0.667
and 0.85) per cell. A cell is the mean coverage of the intervals that are shown, the worst
setting in brackets, and the share of batches that show one where that is not all. Where no
setting shows one in half of its batches, only that share stands.
"""
PEOPLE = """
## Claims about people, documents and accuracy on gold

Here the items are not all that varies. *Plain* is the interval that ignores it, *right* the one
that resamples it: `--annotators-vary` for people, `--cluster document` for documents, and for
gold the annotators, always. 2,000 batches per line; *who* says whether people (or documents)
are alike, or half of them err 5 % and half 25 % of the time.
"""
LIMITS = """
## What these numbers do not promise

- Three annotators an item, two to four labels, two ways to err. Other worlds were not
  simulated: many annotators an item, sets, custom distances, hundreds of labels, Conger's and
  Cohen's kappa.
- With 400 batches a true 0.95 varies by about 0.021, and the worst of six lies lower than their
  mean by chance alone.
- Where coverage was under 0.90 there is no interval, only the value and the reason
  (`too-few-units`, `too-little-disagreement`). The rule was found on these settings; between
  them it was not tried.
- The bound from below, on which a gate passes a batch, holds in the study even where the
  interval is withheld.
- Resampling people is cautious where people are alike (0.99 and more) and weakest with five who
  are not (0.92). The plain interval is far too narrow there, and the more items the worse.
- Intervals know sampling only. A guideline that everybody misreads the same way is in no
  interval.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the study of items."""

    coefficient: str
    labels: str
    units: str
    missing: str
    shown: float
    covers: str
    worst: str


def cells_of(page: Path, columns: int) -> Iterator[list[str]]:
    """Yield the cells of every line of a page's table, without its head."""
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        numbers = cells[-1].replace(".", "").isdigit()
        if line.startswith("|") and len(cells) == columns and numbers:
            yield cells


def study() -> list[Line]:
    """Read the study of items."""
    found = cells_of(UNITS_STUDY, columns=11)
    return [Line(a, b, c, d, float(e), f, g) for a, b, c, d, e, f, g, *_ in found]


def tables(lines: list[Line]) -> Iterator[str]:
    """Yield a table per mix of labels: a row per coefficient, a column per number of items."""
    sizes = list(dict.fromkeys(line.units for line in lines))
    for labels in dict.fromkeys(line.labels for line in lines):
        own = [line for line in lines if line.labels == labels]
        yield f"\n**Label shares {labels}**\n\n"
        yield f"| coefficient | missing | {' | '.join(f'{size} items' for size in sizes)} |\n"
        yield f"| --- | --- |{' --- |' * len(sizes)}\n"
        for name, missing in dict.fromkeys((line.coefficient, line.missing) for line in own):
            row = {x.units: cell(x) for x in own if (x.coefficient, x.missing) == (name, missing)}
            yield f"| {name} | {missing} | {' | '.join(row[size] for size in sizes)} |\n"


def cell(line: Line) -> str:
    """Return how often shown intervals held, and how many are shown where not all are."""
    share = f"{line.shown:.0%} shown"
    if line.worst == "-":
        return share
    held = f"{float(line.covers):.2f} ({line.worst})"
    return held if line.shown > 0.99 else f"{held}, {share}"


def people() -> Iterator[str]:
    """Yield the table of the study of people, documents and gold."""
    yield "\n| what varies | who | how many | answers | plain | right | right, from below |\n"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
    for world, who, groups, units, plain, _, _, right, below in cells_of(PEOPLE_STUDY, columns=9):
        yield f"| {world} | {who} | {groups} | {units} | {plain} | {right} | {below} |\n"


def pages() -> Pages:
    """Return docs/coverage.md as it should stand."""
    return {PAGE: "".join([HEAD, *tables(study()), PEOPLE, *people(), LIMITS])}


if __name__ == "__main__":
    sys.exit(main(pages))
