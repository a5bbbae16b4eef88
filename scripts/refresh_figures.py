"""Draw docs/figures/ again: the specification of each chart, and its picture.

Letters are measured a little differently on every machine, so pictures are not compared: a
picture is stale when the specification it was drawn from, whose hash it carries, is.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import TYPE_CHECKING

from figures import FIGURES
from generated import ROOT, main

from labelaudit.reports.charts import to_svg

if TYPE_CHECKING:
    from pathlib import Path

    import altair as alt
    from generated import Pages

FOLDER = ROOT / "docs" / "figures"


def specification(chart: alt.LayerChart) -> str:
    """Return the Vega-Lite specification of a chart as text."""
    return json.dumps(chart.to_dict(), indent=1, sort_keys=True) + "\n"


def picture(chart: alt.LayerChart, text: str, place: Path) -> str:
    """Return the picture that is there if it was drawn from this text, else a new one."""
    mark = f"<!-- drawn from specification {hashlib.sha256(text.encode()).hexdigest()} -->\n"
    there = place.read_text(encoding="utf-8") if place.is_file() else ""
    return there if there.endswith(mark) else to_svg(chart) + mark


def pages() -> Pages:
    """Return every file of docs/figures/ as it should stand."""
    found: Pages = {}
    for name, draw in FIGURES.items():
        chart, place = draw(), FOLDER / f"{name}.svg"
        text = specification(chart)
        found |= {FOLDER / f"{name}.vl.json": text, place: picture(chart, text, place)}
    return found


if __name__ == "__main__":
    sys.exit(main(pages))
