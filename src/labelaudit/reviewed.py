"""What reviewers' decisions change for a gate, and what they do not.

A decision never turns a failed, undecided or missing floor into a pass, nor a broken schema
limit, nor a required check that could not look. It does one thing: a batch that is in review
only for findings that were looked at, every unit of them found right or broken, every flag on a
person withdrawn, is accepted. How many labels reviewers found wrong is told beside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, cast

from labelaudit.concluding import CHECK_OF
from labelaudit.intervals.bounds import binomial_bound
from labelaudit.verdict import SCHEMA_CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Found = Mapping[str, object]

About = tuple[str, str | None, str | None, str]
"""What a flag on a person is about: annotator, question, batch, check."""
Conclusion = Literal["label-ok", "label-wrong", "ambiguous", "bad-item"]
CLEARS = ("label-ok", "bad-item")
"""Conclusions after which a finding speaks no longer against a batch."""
_HELD = (*CHECK_OF.values(), *SCHEMA_CHECKS, "no-threshold")
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class ReviewedUnit:
    """A unit that was put before reviewers; `concluded` is None where it is still open.

    Where two reviewers differ and no third one has decided, the worse of both counts.
    """

    question_id: str
    item_id: str
    batch_id: str
    drawn: str
    probability: float
    checks: tuple[str, ...]
    concluded: Conclusion | None


@dataclass(frozen=True, slots=True)
class Store:
    """Where the decisions stand: anchor them by the head of their record."""

    run_id: str
    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A finding that sent a batch to review, and was looked at: every unit and person of it."""

    batch_id: str
    check: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How many labels of a batch reviewers found wrong.

    Attributes
    ----------
    drawn, decided, wrong
        Units drawn uniformly; of these those decided as right or wrong; and as wrong.
    rate, low, high
        Share of wrong labels among the units not drawn by their risk: each counts 1 /
        probability, the interval is Clopper-Pearson's on the effective number of units, and
        takes those still open as all right for its low end and as all wrong for its high end.
        None where nothing was decided.
    ambiguous, bad_items, open
        Of the units drawn uniformly; neither right nor wrong.
    by_risk_decided, by_risk_wrong
        Of the units drawn for their risk or by a check: no rate follows from these.

    """

    batch_id: str
    question_id: str
    drawn: int
    decided: int
    wrong: int
    rate: float | None
    low: float | None
    high: float | None
    ambiguous: int
    bad_items: int
    open: int
    by_risk_decided: int
    by_risk_wrong: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The decisions that a gate used, and what follows."""

    store: Store
    decided: int
    resolved: tuple[Resolved, ...]
    rates: tuple[Rate, ...]

    def applied(self, audit: Mapping[str, object]) -> Mapping[str, object]:
        """Return the document of an audit without what was resolved."""
        batches = cast("Sequence[Found]", audit["batches"])
        gone: defaultdict[str, set[str]] = defaultdict(set)
        for found in self.resolved:
            gone[found.batch_id].add(found.check)
        applied = [_without(batch, gone[str(batch["batch_id"])]) for batch in batches]
        return {**audit, "batches": applied}

    def document(self) -> Mapping[str, object]:
        """Return what `gate.json` says of them."""
        return asdict(self)


def review(
    store: Store,
    audit: Mapping[str, object],
    findings: Iterable[Found],
    units: Sequence[ReviewedUnit],
    withdrawn: Iterable[About],
) -> Reviewed:
    """Conclude from decisions.

    Parameters
    ----------
    store
        Where they stand.
    audit, findings
        Of the run that was reviewed.
    units
        Every unit that was put before reviewers.
    withdrawn
        The flags on people that were withdrawn.

    """
    batches = cast("Sequence[Found]", audit["batches"])
    cleared = _Cleared(units, withdrawn)
    by_check: defaultdict[str, list[Found]] = defaultdict(list)
    for finding in findings:
        by_check[str(finding["check"])].append(finding)
    resolved = [
        Resolved(str(batch["batch_id"]), reason)
        for batch in batches
        for reason in cast("Sequence[str]", batch["reasons"])
        if batch["verdict"] == "review"
        and reason not in _HELD
        and cleared.all_of(str(batch["batch_id"]), by_check[reason])
    ]
    decided = sum(unit.concluded is not None for unit in units)
    return Reviewed(store, decided, tuple(resolved), tuple(_rates(units)))


class _Cleared:
    """What reviewers have cleared."""

    def __init__(self, units: Sequence[ReviewedUnit], withdrawn: Iterable[About]) -> None:
        self._people = set(withdrawn)
        self._units = {
            (unit.question_id, unit.item_id, check): unit.concluded in CLEARS
            for unit in units
            for check in unit.checks
        }

    def all_of(self, batch: str, findings: Iterable[Found]) -> bool:
        """Say whether all that a check holds against a batch is cleared, and there is any."""
        about = [found for found in findings if found["batch_id"] in {batch, None}]
        if any(found["outcome"] == "unknown" for found in about):
            return False  # it may be required: silence is not cleared by looking at units
        serious = [
            found for found in about if (found["outcome"], found["severity"]) == ("breach", "high")
        ]
        return bool(serious) and all(map(self._is, serious))

    def _is(self, finding: Found) -> bool:
        check, question = str(finding["check"]), finding["question_id"]
        if finding["item_id"] is not None:
            return self._units.get((str(question or ""), str(finding["item_id"]), check), False)
        return (finding["annotator_id"], question, finding["batch_id"], check) in self._people


def _without(batch: Found, gone: set[str]) -> Found:
    """Return a batch without the reasons that are gone; with none left it is accepted."""
    if not gone:
        return batch
    reasons = [reason for reason in cast("Sequence[str]", batch["reasons"]) if reason not in gone]
    verdict = "review" if reasons else "accept"
    if "besides" not in batch:
        return {**batch, "reasons": reasons, "verdict": verdict}
    told = cast("Sequence[Found]", batch["besides"])
    besides = [each for each in told if not _is_gone(each, gone)]
    return {**batch, "reasons": reasons, "verdict": verdict, "besides": besides}


def _is_gone(beside: Found, gone: set[str]) -> bool:
    return beside["verdict"] == "review" and beside["reason"] in gone


def _rates(units: Sequence[ReviewedUnit]) -> Iterable[Rate]:
    groups: defaultdict[tuple[str, str], list[ReviewedUnit]] = defaultdict(list)
    for unit in units:
        groups[unit.batch_id, unit.question_id].append(unit)
    for (batch, question), group in sorted(groups.items()):
        yield _rate(batch, question, group)


def _rate(batch: str, question: str, group: Sequence[ReviewedUnit]) -> Rate:
    uniform = [unit for unit in group if unit.drawn == "uniform" and unit.probability > 0]
    counts = Counter(unit.concluded for unit in uniform)
    others = Counter(unit.concluded for unit in group if unit.drawn != "uniform")
    rate, low, high = _interval(uniform)
    return Rate(
        batch_id=batch,
        question_id=question,
        drawn=len(uniform),
        decided=counts["label-ok"] + counts["label-wrong"],
        wrong=counts["label-wrong"],
        rate=rate,
        low=low,
        high=high,
        ambiguous=counts["ambiguous"],
        bad_items=counts["bad-item"],
        open=counts[None],
        by_risk_decided=others.total() - others[None],
        by_risk_wrong=others["label-wrong"],
    )


def _interval(
    uniform: Sequence[ReviewedUnit],
) -> tuple[float | None, float | None, float | None]:
    """Return the weighted share of wrong labels, and its bounds."""
    told = [unit for unit in uniform if unit.concluded in {"label-ok", "label-wrong"}]
    if not told:
        return None, None, None
    every = [*told, *(unit for unit in uniform if unit.concluded is None)]
    n, error = _size(every), (1 - _CONFIDENCE) / 2
    low = binomial_bound(_share(every, open_wrong=False), n, "lower", error)
    high = binomial_bound(_share(every, open_wrong=True), n, "upper", error)
    return _share(told, open_wrong=False), low, high


def _share(units: Sequence[ReviewedUnit], *, open_wrong: bool) -> float:
    wrong = {"label-wrong", None} if open_wrong else {"label-wrong"}
    weights = [(1 / unit.probability, unit.concluded in wrong) for unit in units]
    return sum(w for w, is_wrong in weights if is_wrong) / sum(w for w, _ in weights)


def _size(units: Sequence[ReviewedUnit]) -> float:
    """Return how many units of equal weight would say as much: (sum w)^2 / sum w^2 (Kish)."""
    weights = [1 / unit.probability for unit in units]
    return sum(weights) ** 2 / sum(weight**2 for weight in weights)
