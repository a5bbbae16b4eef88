"""The page beside the sample deliveries: what is planted, and what should be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.samples.faults import FAULTS, STORIES
from labelaudit.samples.plan import CLEAN, THIN
from labelaudit.samples.small import BROKEN_LINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HEAD = """\
# Sample deliveries

Made up, seeded, and written by `python -m labelaudit.samples sample_data`; do not edit by hand.
Two invented vendors label pictures of animals: `label` (nominal, with gold on three pictures in
ten), `quality` (ordinal) and `relevance` (interval, 0 to 100). Each row is one annotator's
submission. People are honest and equally able, except where this page says otherwise; each
planted person works in one batch only.

| path | what it is |
| --- | --- |
| `labelaudit.toml` | how to read and judge `delivery/` and `broken/` |
| `delivery/` | fourteen batches, one CSV file each, with a column `batch` |
| `wide/` | a small delivery with one column per rater |
| `jsonl/` | the same ratings as one JSON object per line |
| `repeated/` | the main format, with the same annotator twice on a picture |
| `broken/` | a CSV file with ragged rows |

## What the gate says
"""

_TABLE_HEAD = """\
## Planted faults

`found` faults are found today, and no other breach is; `planned` ones wait for their checks.
A row without a name is another sign of the fault above it.
"""


def readme() -> str:
    """Return the page as markdown."""
    faults = [(f.name, f.where, f.looks_like, f"`{f.check}`", f.status) for f in FAULTS]
    stories = [(f"`{s.batch_id}`", s.verdict, s.why) for s in STORIES]
    columns = ("fault", "where", "what it looks like", "expected finding", "status")
    return "\n".join(
        [
            _HEAD,
            *_commands(),
            "",
            *_table(("batch", "verdict", "why"), stories),
            "",
            _TABLE_HEAD,
            *_table(columns, faults),
            "",
        ]
    )


def _commands() -> list[str]:
    """Return the four commands with the exit code that each one ends with."""
    clean = " ".join(f"sample_data/delivery/{name}.csv" for name in CLEAN)
    broken = ", ".join(map(str, BROKEN_LINES))
    commands = (
        ("sample_data/delivery", 1, "batches are rejected"),
        (clean, 0, "every batch is accepted"),
        (f"sample_data/delivery/{THIN}.csv", 3, "undecided, and what it needs"),
        ("sample_data/broken/nw-09.csv", 4, f"unreadable: lines {broken}"),
    )
    lines = [
        (f"labelaudit gate {data} -c sample_data/labelaudit.toml", f"# exit {code}: {why}")
        for data, code, why in commands
    ]
    return ["```sh", *(f"{comment}\n{command}" for command, comment in lines), "```"]


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    dashes = ["---"] * len(columns)
    return [f"| {' | '.join(cells)} |" for cells in (columns, dashes, *rows)]
