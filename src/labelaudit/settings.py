"""What people decided about a delivery, as plain data: the project and its policy.

`project` reads it from `labelaudit.toml`; nothing here knows files.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from labelaudit.model import Columns, Intake, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.model import Scalar, Severity

OnInconclusive = Literal["review", "reject", "accept"]
OnUnknown = Literal["review", "reject"]
_COST: tuple[OnInconclusive, ...] = ("accept", "review", "reject")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that may differ by question or vendor. Fractions are 0 to 1.

    A floor (`min_...`) is what must not be accepted; a target is what a good vendor
    delivers, and is used to plan how many labels a decision needs. A floor of None is no
    limit. With `finite_lot` the answers on gold are a random sample of the batch's answers,
    and the floor is held for these alone.
    """

    coefficient: str = "krippendorff-alpha"
    min_agreement: float | None = None
    target_agreement: float | None = None
    min_accuracy: float | None = None
    target_accuracy: float | None = None
    on_inconclusive: OnInconclusive = "review"
    finite_lot: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """All limits in force.

    Attributes
    ----------
    limits
        What holds unless a question or vendor says otherwise.
    questions, vendors
        Overrides by name; a vendor's win over a question's.
    max_rejected_fraction
        Share of a batch's rows that may be rejected before the batch is.
    required_checks
        Checks whose `unknown` is no pass.
    consumer_risk
        How often a batch exactly at the floor may pass.
    producer_risk
        How often a batch at the target may fail to pass, for planning.
    on_unknown
        What the `unknown` of a required check costs: review or reject.
    max_looks
        How many looks at a batch that is topped up share the consumer's risk, with a ledger.
    checks
        Each check's own keys.

    """

    limits: Limits = field(default_factory=Limits)
    questions: Mapping[str, Mapping[str, Scalar]] = field(default_factory=dict)
    vendors: Mapping[str, Mapping[str, Scalar]] = field(default_factory=dict)
    max_rejected_fraction: float = 0.01
    required_checks: tuple[str, ...] = ("low-agreement",)
    consumer_risk: float = 0.05
    producer_risk: float = 0.10
    on_unknown: OnUnknown = "review"
    max_looks: int = 4
    checks: Mapping[str, Mapping[str, Scalar]] = field(default_factory=dict)

    def limits_for(self, question_id: str, vendors: tuple[str, ...]) -> Limits:
        """Return the limits of a question in a batch; of several vendors the strictest floors.

        Examples
        --------
        >>> policy = Policy(Limits(min_agreement=0.6), vendors={"v": {"min_agreement": 0.8}})
        >>> policy.limits_for("q", ("v",)).min_agreement
        0.8
        >>> policy.limits_for("q", ("w",)).min_agreement
        0.6

        """
        base = _with(self.limits, self.questions.get(question_id, {}))
        # a vendor without limits of its own is held to those of all
        named = [_with(base, self.vendors.get(name, {})) for name in vendors] or [base]
        strictest = max(named, key=lambda limits: limits.min_agreement or 0.0)
        accuracy = max(named, key=lambda limits: limits.min_accuracy or 0.0)
        return replace(
            strictest,
            min_accuracy=accuracy.min_accuracy,
            target_accuracy=accuracy.target_accuracy,
            on_inconclusive=max((limits.on_inconclusive for limits in named), key=_COST.index),
            finite_lot=all(limits.finite_lot for limits in named),
        )

    def severity(self, check: str) -> Severity | None:
        """Return how severe a check's breaches are, None where that is left to the check."""
        return self.checks.get(check, {}).get("severity")  # type: ignore[return-value]

    def key(self, check: str, name: str, default: float) -> float:
        """Return a check's own number, or its default."""
        value = self.checks.get(check, {}).get(name, default)
        return float(value) if value is not None else default

    @property
    def has_thresholds(self) -> bool:
        """Whether any floor is set anywhere."""
        own = [_with(Limits(), changes) for changes in self.overrides]
        return any(
            limits.min_agreement is not None or limits.min_accuracy is not None
            for limits in (self.limits, *own)
        )

    @property
    def overrides(self) -> tuple[Mapping[str, Scalar], ...]:
        """What questions and vendors change."""
        return (*self.questions.values(), *self.vendors.values())


MIN_UNIFORM = 20
"""Units drawn uniformly, under which no rate of errors is told."""


@dataclass(frozen=True, slots=True)
class Queue:
    """How the review queue of a question is drawn.

    Attributes
    ----------
    max_items_count
        Units in the queue at most.
    uniform_fraction
        Share of the queue drawn uniformly, without which no rate of errors can be told.
    max_annotator_fraction, max_batch_fraction
        Share that the disagreements of one annotator, or one batch, may fill; never less
        than twice an even share.
    weights
        How much worse than usual a wrong label is on units that received this label.

    """

    max_items_count: int = 200
    uniform_fraction: float = 0.125
    max_annotator_fraction: float = 0.25
    max_batch_fraction: float = 0.25
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relabel:
    """What another label costs, and how many wrong labels fewer it must be expected to bring."""

    price_per_label: float | None = None
    min_gain_fraction: float = 0.02


@dataclass(frozen=True, slots=True)
class Drift:
    """Which batches of the delivery are the baseline of the others; none: all others are.

    Either some by name, or so many of the first.
    """

    baseline_batches: tuple[str, ...] = ()
    first_batches_count: int | None = None

    @property
    def is_set(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.baseline_batches or self.first_batches_count)


@dataclass(frozen=True, slots=True)
class Gate:
    """The files a gate reads beside the audit: none of them changes what is measured."""

    waivers: str | None = None
    ledger: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What the review app shows of an item, and who may do what where people log in.

    Attributes
    ----------
    leads, reviewers
        By the names they log in with. Whoever is in neither list may look and decide nothing.
    show
        Columns of the delivery that a card shows, in this order.
    pair
        Two columns that it shows side by side.
    image
        The column with the path of a picture under `media`, the folder of what may be shown.

    """

    leads: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    image: str | None = None
    media: str | None = None

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """The columns of the delivery that cards need: (the key that names it, its name)."""
        listed = (("review.show", self.show), ("review.pair", self.pair))
        named = [(key, name) for key, names in listed for name in names]
        return tuple([*named, ("review.image", self.image)] if self.image else named)


@dataclass(frozen=True, slots=True)
class Project:
    """Everything a person decided about a delivery; `columns` of None are to be guessed.

    `key_env` names the environment variable that holds the secret for pseudonyms.
    """

    columns: Columns | None = None
    questions: tuple[Question, ...] = ()
    intake: Intake = field(default_factory=Intake)
    policy: Policy = field(default_factory=Policy)
    drift: Drift = field(default_factory=Drift)
    key_env: str | None = None
    queue: Queue = field(default_factory=Queue)
    relabel: Relabel = field(default_factory=Relabel)
    gate: Gate = field(default_factory=Gate)
    review: Review = field(default_factory=Review)


def _with(limits: Limits, changes: Mapping[str, Scalar]) -> Limits:
    return replace(limits, **changes)  # type: ignore[arg-type]
