"""How many labels are wrong, told from what was drawn by chance and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from labelaudit.intervals import with_interval
from labelaudit.intervals.bounds import CLOPPER_PEARSON
from labelaudit.model import Estimate
from labelaudit.review.finding import conditions
from labelaudit.review.tables import DECISIONS, FLAGS
from labelaudit.review.words import Filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, RowMapping

NARROW = 0.10
"""Width of an interval from which more of the same tells little: five points to each side."""
_JUDGED = {"label-ok": 0.0, "label-wrong": 1.0}


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of wrong labels among units that were drawn by chance.

    Attributes
    ----------
    estimate
        Of the share of wrong labels; undefined `no-sample` before anything was decided.
    unjudged
        Decisions in the sample that say nothing about the label: ambiguous, bad item, skipped.
    left
        Units of the sample that are still to be decided.

    """

    estimate: Estimate
    unjudged: int
    left: int

    @property
    def narrow(self) -> bool:
        """Whether the interval is so narrow that more decisions would hardly change it."""
        low, high = self.estimate.low, self.estimate.high
        return low is not None and high is not None and high - low <= NARROW


def error_rate(connection: Connection, wanted: Filter) -> Rate:
    """How many labels are wrong among the units outside the worst-first queue?

    Only units drawn uniformly count, each by the inverse of its probability (Hajek, 1971), and
    of them only the first in shuffled order up to one that is open: those are a simple random
    sample in whichever order people decided, while "decided so far" is none where the worst
    came first. Exact (Clopper-Pearson) on the effective size (sum w)^2 / sum w^2.

    References
    ----------
    Korn & Graubard (1998), Confidence intervals for proportions with small expected number of
    positive counts, Survey Methodology 24(2), 193-201.

    """
    made = and_(DECISIONS.c.flag_id == FLAGS.c.id, DECISIONS.c.version == FLAGS.c.version)
    sample = Filter(
        wanted.run_id,
        round=1,
        question_id=wanted.question_id,
        batch_id=wanted.batch_id,
        vendor=wanted.vendor,
        drawn="uniform",
    )
    query = select(FLAGS.c.status, FLAGS.c.probability, DECISIONS.c.kind)
    rows = query.outerjoin(DECISIONS, made).where(*conditions(sample))
    ordered = rows.order_by(FLAGS.c.shuffled, FLAGS.c.id)
    return rate_of(connection.execute(ordered).mappings().all())


def rate_of(rows: Sequence[RowMapping]) -> Rate:
    """Return the rate that units in random order give."""
    seen = 0
    while seen < len(rows) and rows[seen]["status"] != "open":
        seen += 1
    judged = [row for row in rows[:seen] if row["kind"] in _JUDGED and row["probability"] > 0]
    weights = [1 / row["probability"] for row in judged]
    wrong = [_JUDGED[row["kind"]] for row in judged]
    unjudged, left = seen - len(judged), len(rows) - seen
    return Rate(_estimate(weights, wrong), unjudged, left)


def _estimate(weights: Sequence[float], wrong: Sequence[float]) -> Estimate:
    if not weights:
        nothing = "no-sample"
        return Estimate("error-rate", "nominal", undefined=nothing, interval_undefined=nothing)
    total = sum(weights)
    value = sum(w * x for w, x in zip(weights, wrong, strict=True)) / total
    return with_interval(
        Estimate(
            "error-rate",
            "nominal",
            value=value,
            confidence=0.95,
            observed=1 - value,
            expected=1.0,
            units=len(weights),
            annotations=len(weights),
            method=CLOPPER_PEARSON,
            df=total**2 / sum(w * w for w in weights),
        )
    )
