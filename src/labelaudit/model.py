"""The words of labelaudit as plain, frozen data: what every floor above talks about.

Standard library only. What a word means is in CONTEXT.md; what it holds is here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

Scale = Literal[
    "nominal",
    "ordinal",
    "interval",
    "ratio",
    "set",
    "preference",
    "ranking",
    "spans",
    "boxes",
    "text",
]
SCALES: tuple[str, ...] = get_args(Scale)
NUMERIC_SCALES: tuple[str, ...] = ("interval", "ratio")

Nature = Literal["objective", "mixed", "subjective"]
VerdictName = Literal["accept", "review", "reject"]
ThresholdOutcome = Literal["pass", "fail", "inconclusive"]
FindingOutcome = Literal["breach", "warning", "unknown"]
Severity = Literal["high", "medium", "low"]
Side = Literal["lower", "upper"]
DuplicatePolicy = Literal["error", "first", "last"]
Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked about an item, with its scale and ordered label domain.

    `labels` is empty where the domain is not fixed (numbers, text). `column` and `gold`
    name the delivery's columns that hold this question's answers and gold when the file is
    wide in questions.
    """

    question_id: str
    scale: Scale
    labels: tuple[str, ...] = ()
    nature: Nature = "objective"
    column: str | None = None
    gold: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a delivery holds what: ours = theirs.

    `annotators` lists the columns of a file with one column per annotator; such a file has
    neither `annotator` nor `label`. An omitted `batch` is the file's name. `document` is what
    items were cut from, `content` their text, `group` a group of annotators, `shown_label` what
    a model proposed on the screen, `reviewed_label` the label after `reviewer` looked at it.
    """

    item: str
    annotator: str | None = None
    annotators: tuple[str, ...] = ()
    label: str | None = None
    question: str | None = None
    batch: str | None = None
    vendor: str | None = None
    gold: str | None = None
    duration_s: str | None = None
    started_at: str | None = None
    submitted_at: str | None = None
    attempt: str | None = None
    annotator_kind: str | None = None
    document: str | None = None
    content: str | None = None
    group: str | None = None
    shown_label: str | None = None
    reviewer: str | None = None
    reviewed_label: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """How a delivery is read: the choices that are not column names.

    `vendor` is a constant for the whole delivery. `missing` are the cell texts that stand
    for "no value". `timezone` is for times without a zone, `time_format` (strptime, or
    `epoch-s`, `epoch-ms`) for times that are not ISO 8601. `manifest` is the file that lists
    the items that were sent out.
    """

    reader: str | None = None
    vendor: str | None = None
    duplicates: DuplicatePolicy = "error"
    missing: tuple[str, ...] = ("",)
    timezone: str | None = None
    time_format: str | None = None
    max_bytes: int | None = None
    manifest: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The items that were sent, row by row (S rows).

    Attributes
    ----------
    items
        Their ids.
    difficulty
        How hard each is, known before it was labelled, None where the cell is no number; empty
        where no column tells.
    slices
        The kind of each (class, source ...); empty where no column tells.
    batches
        The batch each was sent in; empty where no column tells.

    """

    items: tuple[str, ...]
    difficulty: tuple[float | None, ...] = ()
    slices: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured value with its parts, interval and counts, or why it is undefined.

    For a coefficient `value == 1 - observed / expected`, where both parts are
    disagreements. `undefined` and `interval_undefined` are reason codes; where one is
    set the numbers it concerns are None. `method` and `df` say how the interval was
    made, so that a one-sided bound at another level can be made in the same way.
    A field of the slice (question, batch, vendor, annotator) that is None means "all".
    """

    coefficient: str
    scale: Scale
    value: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: float = 0.95
    se: float | None = None
    observed: float | None = None
    expected: float | None = None
    units: int = 0
    annotations: int = 0
    annotators: int | None = None
    undefined: str | None = None
    interval_undefined: str | None = None
    method: str | None = None
    df: float | None = None
    question_id: str | None = None
    batch_id: str | None = None
    vendor: str | None = None
    annotator_id: str | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Both one-sided bounds of a threshold at the level of a look.

    `risk_fraction` is how much of the consumer's risk such a look spends; None is no bound.
    """

    risk_fraction: float
    level: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """One limit of the policy held against one batch: the bound decides, not the point.

    `bound`, `level` and `outcome` are those of one look at the full level. What follows lets
    a gate decide at the level of any look: see `settling`.

    Attributes
    ----------
    needs
        What would decide an undecided threshold, in words.
    target, on_inconclusive
        What the policy says of it.
    n
        What it was measured on: units, or answers on gold.
    n_planned, n_max
        How many a decision needs, and to how many a batch is topped up over several looks;
        None where that cannot be told: without a target, or with too few annotators.
    p_below
        The chance to look so bad at the floor: p of "the truth is at the floor or above"; None
        where the estimate is not under the floor.
    fingerprint
        Of the counts it rests on.
    bounds
        At every level that a look may be at.

    """

    name: str
    question_id: str
    coefficient: str
    limit: float
    estimate: float | None
    bound: float | None
    side: Side
    level: float
    method: str | None
    outcome: ThresholdOutcome
    needs: str | None = None
    target: float | None = None
    on_inconclusive: VerdictName = "review"
    n: int = 0
    n_planned: int | None = None
    n_max: int | None = None
    p_below: float | None = None
    fingerprint: str | None = None
    bounds: tuple[Bounds, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """What else speaks against a batch than its thresholds, and what that makes of it."""

    reason: str
    verdict: VerdictName


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check saw, or could not look at (`unknown`), and the evidence for it."""

    check: str
    outcome: FindingOutcome
    severity: Severity
    message: str
    question_id: str | None = None
    batch_id: str | None = None
    vendor: str | None = None
    annotator_id: str | None = None
    item_id: str | None = None
    evidence: dict[str, Scalar | list[Scalar]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchVerdict:
    """What labelaudit concludes for one batch, and the counts it concludes from.

    `reasons` are all that speak against it, `besides` those that are no threshold's.
    """

    batch_id: str
    vendors: tuple[str, ...]
    verdict: VerdictName
    reasons: tuple[str, ...]
    units: int
    annotations: int
    annotators: int
    thresholds: tuple[Threshold, ...] = ()
    besides: tuple[Reason, ...] = ()
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Rows of one batch that were rejected for one reason, with a few of the values."""

    reason: str
    batch_id: str
    column: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file that was read: what it was, and what came of it."""

    path: str
    sha256: str
    reader: str
    rows: int
    rejected_rows: int = 0
