"""A pilot: what a finished run can say about how many labels the next decision needs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, cast

from labelaudit.errors import InputError
from labelaudit.model import Estimate
from labelaudit.runs import read_audit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

GOLD = "gold-accuracy"
ALPHA = "krippendorff-alpha"
_FIELDS = tuple(field.name for field in fields(Estimate))


@dataclass(frozen=True, slots=True)
class Pilot:
    """One estimate of a run over everything, and how often each label of its question was given.

    `mix` is empty where the run's table of annotations is not there.
    """

    estimate: Estimate
    mix: tuple[int, ...] = ()

    @property
    def ratings(self) -> int:
        """Labels per unit, the nearest whole number; two at the least."""
        return max(round(self.estimate.annotations / max(self.estimate.units, 1)), 2)


def read_pilots(run: Path, coefficients: Sequence[str] = (ALPHA, GOLD)) -> tuple[Pilot, ...]:
    """Return what a run folder measured over everything, question by question.

    Raises
    ------
    InputError
        If it is no run, from another schema, or measured none of this.

    """
    document = read_audit(run)
    mixes = _mixes(run / "annotations.parquet")
    estimates = cast("Sequence[Mapping[str, object]]", document.get("estimates", []))
    found = tuple(
        Pilot(estimate, mixes.get(estimate.question_id or "", ()))
        for estimate in (_estimate(record) for record in estimates if _is_whole(record))
        if estimate.coefficient in coefficients
    )
    if not found:
        problem = f"measured none of {', '.join(coefficients)}"
        raise InputError(str(run), problem, next_step="plan from --mix, or audit a pilot")
    return found


def _is_whole(record: Mapping[str, object]) -> bool:
    return all(record.get(name) is None for name in ("batch_id", "vendor", "annotator_id"))


def _estimate(record: Mapping[str, object]) -> Estimate:
    return Estimate(**{name: record[name] for name in _FIELDS if name in record})  # type: ignore[arg-type]


def _mixes(table: Path) -> dict[str, tuple[int, ...]]:
    """Return how often each label was given, by question; nothing where there is no table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not table.is_file():
        return {}
    try:
        columns = pq.read_table(table, columns=["question_id", "label"])
    except (OSError, pa.ArrowException) as error:
        raise InputError(
            str(table), f"cannot be read: {error}", next_step="audit the pilot again"
        ) from error
    keys = ["question_id", "label"]
    counted = columns.drop_null().group_by(keys).aggregate([("label", "count")]).to_pylist()
    by_question: dict[str, Counter[str]] = {}
    for row in counted:
        by_question.setdefault(row["question_id"], Counter())[row["label"]] = row["label_count"]
    return {name: tuple(sorted(counts.values())) for name, counts in by_question.items()}
