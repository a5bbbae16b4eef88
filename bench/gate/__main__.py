"""Write docs/operating-characteristics.md: `python -m bench.gate [--scale 1.0] [--processes 3]`."""

from __future__ import annotations

import argparse
from multiprocessing import Pool
from pathlib import Path

from bench.gate import tables
from bench.gate.page import PAGE

OUTPUT = Path(__file__).parents[2] / "docs" / "operating-characteristics.md"
RUNS = {
    "one_look": (tables.one_look_table, 800),
    "top_ups": (tables.top_up_table, 1_200),
    "gold": (tables.gold_table, 8_000),
    "gold_power": (tables.gold_power_table, 1_600),
    "gold_top_ups": (tables.gold_top_up_table, 800),
}


def main() -> None:
    """Run every table and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="fewer runs, for a quick look")
    parser.add_argument("--processes", type=int, default=3)
    asked = parser.parse_args()
    parts: dict[str, str | int] = {}
    with Pool(asked.processes) as pool:
        for name, (made, runs) in RUNS.items():
            parts[name] = made(pool, max(20, round(runs * asked.scale)))
            parts[f"{name}_runs"] = max(20, round(runs * asked.scale))
            print(name, flush=True)
    OUTPUT.write_text(PAGE.format(**parts), encoding="utf-8")


if __name__ == "__main__":
    main()
