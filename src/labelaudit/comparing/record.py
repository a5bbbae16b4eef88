"""What a comparison of two runs says, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "changed-as-asked",
    "changed-otherwise",
    "unchanged-though-asked",
    "missing-though-asked",
    "changed-not-asked",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Part = Literal["all", "asked", "not-asked", "drawn-uniformly", "fresh"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class RunSide:
    """One of the two runs: where it is, and what its audit was made with."""

    path: str
    audit_sha256: str
    labelaudit_version: str
    config_sha256: str
    seed: int
    rows: int
    rejected_rows: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Change:
    """A unit of one of the four lists, its votes in both runs, and the label asked for."""

    kind: Kind
    question_id: str
    item_id: str
    batch_id: str
    vendor: str | None
    before: str
    after: str
    wanted: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeCount:
    """How many units of a question changed in one batch of one vendor; all where both are None.

    A unit that changed in two batches counts in both, and once over all.
    """

    question_id: str
    batch_id: str | None
    vendor: str | None
    units: int
    asked: int
    changed_as_asked: int
    changed_otherwise: int
    unchanged_though_asked: int
    missing_though_asked: int
    changed_not_asked: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure before and after, each with its interval, and after - before, paired by unit.

    `part` says which units of which batch (None: of all). Of `fresh` units, which only the second
    run has, `before` is over all units of the first, and the two are independent samples.
    `p_value` is of one difference alone.
    Where `undefined` holds a reason code there is no interval of the difference.
    """

    question_id: str
    batch_id: str | None
    part: Part
    measure: str
    units: int
    before: float | None
    before_low: float | None
    before_high: float | None
    after: float | None
    after_low: float | None
    after_high: float | None
    difference: float | None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    undefined: str | None = None


@dataclass(frozen=True, slots=True)
class BatchChange:
    """A batch's verdict in both runs, None where it is not in one, and the reasons against it."""

    batch_id: str
    before: str | None
    after: str | None
    reasons_before: tuple[str, ...] = ()
    reasons_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding by its stable id: gone, new, or still there."""

    state: Literal["gone", "new", "still-there"]
    id: str
    check: str
    outcome: str
    severity: str
    question_id: str | None
    batch_id: str | None
    annotator_id: str | None
    message: str


@dataclass(frozen=True, slots=True)
class VendorPair:
    """Two vendors on the items that both labeled: one measure, first - second, paired by item.

    `adjusted_p` holds for all pairs of the question and measure. `same-label` is the share of
    shared items on which the most frequent label of both is one and the same; it compares
    nobody, and has an interval of its own in `first_low` and `first_high`.
    """

    question_id: str
    first: str
    second: str
    measure: str
    shared_units: int
    first_value: float | None = None
    first_low: float | None = None
    first_high: float | None = None
    second_value: float | None = None
    second_low: float | None = None
    second_high: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    adjusted_p: float | None = None
    undefined: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """What relabeling did to the rest of a question, in a word and a sentence.

    `judged_by` is the part that was not picked for looking bad; never the asked items.
    """

    question_id: str
    judged_by: Part | None
    outcome: Literal["better", "worse", "no-difference-shown", "unknown"]
    says: str


@dataclass(frozen=True, slots=True)
class ReAudit:
    """Two runs of one delivery: before and after relabeling.

    `listed` holds the first units of each list, `listed_left_out` how many more there are.
    `asked_from` says where the request was read.
    """

    before: RunSide
    after: RunSide
    asked_from: str
    counts: tuple[ChangeCount, ...]
    listed: tuple[Change, ...]
    listed_left_out: int
    differences: tuple[Difference, ...]
    repairs: tuple[Repair, ...]
    batches: tuple[BatchChange, ...]
    findings: tuple[FindingChange, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VendorDuel:
    """Vendors against each other on the items they share, in one run or in two."""

    runs: tuple[RunSide, ...]
    pairs: tuple[VendorPair, ...]
    notes: tuple[str, ...]
