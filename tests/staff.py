"""Deliveries of a staff that works as told: rows with times, gold and groups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

import labelaudit
from deliveries import COLUMNS, deliver

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from labelaudit.model import Finding

    Row = Mapping[str, str]

NAMES = ("ant", "bee", "cow")
TIMES = 'duration_s = "spent"\nstarted_at = "began"\nsubmitted_at = "ended"\n'
GOLD = 'gold = "gold"\n'
GROUP = 'group = "group"\n'
MONDAY = datetime(2026, 1, 5, 8, tzinfo=UTC)
ASKED = "[policy.gold]\nmin_accuracy = 0.90\n"


def config(*columns: str, more: str = "", nature: str = "objective") -> str:
    """Return a configuration of one question about animals."""
    question = f'[questions.label]\nscale = "nominal"\nnature = "{nature}"\n'
    return f"{COLUMNS}{''.join(columns)}{question}labels = {[*NAMES]}\n{more}"


def rows(
    labels: np.ndarray,
    *,
    pace: np.ndarray | float = 20.0,
    gap: float = 5.0,
    gold: Mapping[int, int] | None = None,
    group: Iterable[str] | None = None,
    batch: str = "b1",
) -> list[dict[str, str]]:
    """Return the rows of labels (U, A): everybody answers the units in turn.

    `pace` (U, A) is how many seconds an answer takes, `gap` those between two; `gold` the label
    code of some units; a negative label is no answer.
    """
    units, people = labels.shape
    spent = np.broadcast_to(np.asarray(pace, dtype=float), labels.shape)
    end = np.cumsum(spent + gap, axis=0)
    groups = list(group or [""] * people)
    return [
        {
            "item": f"{batch}-{unit:04}",
            "who": f"w{person + 1:02}",
            "label": NAMES[labels[unit, person]],
            "batch": batch,
            "spent": f"{spent[unit, person]:.3f}",
            "began": _moment(end[unit, person] - spent[unit, person]),
            "ended": _moment(end[unit, person]),
            "gold": NAMES[gold[unit]] if gold and unit in gold else "",
            "group": groups[person],
        }
        for unit in range(units)
        for person in range(people)
        if labels[unit, person] >= 0
    ]


def _moment(seconds: float) -> str:
    return f"{MONDAY + timedelta(seconds=float(seconds)):%Y-%m-%dT%H:%M:%S.%fZ}"


def audited(folder: Path, given: Iterable[Row], configuration: str) -> list[Finding]:
    """Audit rows, and return all that the checks say of them."""
    data = deliver(folder, given, configuration)
    with labelaudit.read(data, project=folder / "labelaudit.toml") as annotations:
        return list(labelaudit.run(annotations).findings)


def by(check: str, findings: Iterable[Finding]) -> list[Finding]:
    """Return what one check says."""
    return [finding for finding in findings if finding.check == check]


def named(check: str, findings: Iterable[Finding]) -> list[str | None]:
    """Return whom the breaches and warnings of one check are about."""
    return [found.annotator_id for found in by(check, findings) if found.outcome != "unknown"]
