"""Small deliveries for tests: who answered what, as rows, files and configurations."""

from __future__ import annotations

import csv
from itertools import product
from typing import TYPE_CHECKING

import labelaudit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from labelaudit.model import Finding

    Row = Mapping[str, str]

COLUMNS = """\
[columns]
item = "item"
annotator = "who"
label = "label"
batch = "batch"
"""
QUESTION = """\
[questions.label]
scale = "nominal"
labels = ["cat", "dog"]
"""
FLOOR = """\
[policy]
min_agreement = 0.667
target_agreement = 0.80
"""
GOLD = """\
[policy.gold]
min_accuracy = 0.90
target_accuracy = 0.95
"""
CONFIG = f"{COLUMNS}{QUESTION}{FLOOR}"
VENDOR = 'vendor = "vendor"\n'
GOLD_COLUMN = 'gold = "gold"\n'
PETS = ("cat", "dog")


def answers(
    batch: str = "b1",
    units: int = 60,
    people: int = 3,
    *,
    differ: Collection[int] | int = (),
    vendor: str = "v1",
    by: str = "w",
) -> list[dict[str, str]]:
    """Return the answers of people who agree on pets, but for the last one at some units.

    `differ` names those units, or says how many of the first there are.
    """
    apart = range(differ) if isinstance(differ, int) else differ
    return [
        {
            "item": f"{batch}-{unit:03}",
            "who": f"{by}{person + 1}",
            "label": PETS[(unit + (person == people - 1 and unit in apart)) % 2],
            "batch": batch,
            "vendor": vendor,
            "gold": PETS[unit % 2],
        }
        for unit, person in product(range(units), range(people))
    ]


def write(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows as a CSV file, the columns in the order of the first row."""
    listed = list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*listed[0]])
        writer.writeheader()
        writer.writerows(listed)
    return path


def seen(folder: Path, rows: Iterable[Row], config: str, check: str) -> list[Finding]:
    """Audit rows, and return what one check says of them."""
    data = deliver(folder, rows, config)
    with labelaudit.read(data, project=folder / "labelaudit.toml") as annotations:
        findings = labelaudit.run(annotations).findings
    return [finding for finding in findings if finding.check == check]


def with_columns(*more: str, config: str = CONFIG) -> str:
    """Return a configuration with more lines under [columns]."""
    return COLUMNS + "".join(more) + config.removeprefix(COLUMNS)


def with_cell(rows: Sequence[Row], number: int, **cells: str) -> list[Row]:
    """Return the rows with some cells of one row (from 0) written otherwise."""
    return [{**row, **cells} if n == number else row for n, row in enumerate(rows)]


def deliver(folder: Path, rows: Iterable[Row], config: str = CONFIG) -> Path:
    """Write a delivery of one file, and its configuration above it; return its folder."""
    data = write(folder / "delivery" / "labels.csv", rows)
    (folder / "labelaudit.toml").write_text(config, encoding="utf-8")
    return data.parent
