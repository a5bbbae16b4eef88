"""Run all worlds and write bench/drift.md: `python -m bench.drift_worlds [--scale 1.0]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.drift_worlds import agreement, charts, deliveries, label_cells, many, people, varying
from bench.drift_worlds.cells import Cell, table

OUTPUT = Path(__file__).parents[1] / "drift.md"
WORLDS = (
    ("W1: label mix, no drift (nominal .05)", label_cells.cells, 600),
    ("W1: label mix, power at a total variation of .10", label_cells.power_cells, 600),
    ("W2: agreement drift (nominal .05, one-sided)", agreement.cells, 1_500),
    (
        "W2: the cause that is named (500 items, two labels, two annotators)",
        agreement.cause_cells,
        1_000,
    ),
    ("W3: RE-EWMA", charts.cells, 2_000),
    ("W3: change points", charts.locator_cells, 200),
    ("W4: many batches, q = .05", many.cells, 1_000),
    ("Gold accuracy and durations (nominal .05)", people.cells, 1_000),
    (
        "Whole deliveries of 10 batches (nominal .05 over the batches of a check)",
        varying.cells,
        100,
    ),
    ("Signals (nominal .05 unless stated)", deliveries.cells, 400),
)
HEAD = """# Drift and delivery tests in simulated worlds

Written by `python -m bench.drift_worlds`; seeded, so the same numbers come again. "ours" is a
share of the runs with its standard error; "reference" is the published cell of the same world
where there is one, "difference" is ours less the reference in standard errors of the
difference (published cells rest on 600 runs in W1, 1500 in W2, 2000 in W3, 200 for change
points, 1000 in W4, 100 for selective redundancy). A false alarm above .08, or more than two
standard errors above its reference, is marked **high**. An honest world with many cells shows
a few differences beyond two standard errors either way.

"z" and "two-way Rao-Scott" are the bare statistics that the published cells count. What a
check reports is more careful: under 8 contents or 5 annotators in an arm the mix is answered
*unknown*; under 50 units or 5 disagreeing units agreement is. In W2 the published cells use the
delta-method error, ours the delete-one-unit jackknife that every interval here uses; with 90/10
labels and 50 to 100 items the jackknife error is about a sixth wider, so there are fewer false
alarms and less power there.
"""


def main() -> None:
    """Run every world and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.drift_worlds", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="fewer runs, for a quick look")
    scale = parser.parse_args().scale
    parts, every = [HEAD], list[Cell]()
    for title, world, runs in WORLDS:
        found = list(world(max(20, round(runs * scale))))
        parts.append(f"## {title}\n\n{table(found)}\n")
        every += found
        print(title)
    alarms = [cell for cell in every if cell.alarm]
    high = sum(not cell.good for cell in alarms)
    worst = max(alarms, key=lambda cell: cell.share)
    said = f"{len(alarms)} cells count false alarms; {high} are marked high. The largest is"
    parts.insert(1, f"{said} {worst.share:.3f} ({worst.world}: {worst.what.strip('*')}).\n")
    OUTPUT.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
