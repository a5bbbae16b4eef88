"""Consensus in numbers: each method beside majority, held against gold; models against people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from labelaudit import truth
from labelaudit.engine.arrays import places
from labelaudit.engine.models import model_answers
from labelaudit.engine.records import NO_GOLD
from labelaudit.intervals import gold_accuracy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.annotations import Annotations
    from labelaudit.coefficients import IntArray
    from labelaudit.conduct import Conduct
    from labelaudit.engine.models import ModelAnswers
    from labelaudit.model import Estimate
    from labelaudit.truth import Consensus

CONSENSUS = "consensus"
"""What stands for a person's name where a model is compared with the majority of people."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one consensus method makes of one question. None where there is nothing to compare.

    Attributes
    ----------
    undefined
        Why the method gave no labels; the counts are then 0.
    units, tied
        Units with a consensus, and how many of them have no single best label.
    differing, differing_fraction
        Units where the label is another than the majority's.
    gold_units, gold_accuracy
        Units with gold, and how often the label is right there (0 to 1); a tie that holds the
        gold label counts as a fair draw among the tied ones.
    gold_low, gold_high
        95% Clopper-Pearson over units.

    """

    question_id: str
    method: str
    undefined: str | None = None
    units: int = 0
    tied: int = 0
    differing: int | None = None
    differing_fraction: float | None = None
    gold_units: int = 0
    gold_accuracy: float | None = None
    gold_low: float | None = None
    gold_high: float | None = None


def agreed(conduct: Conduct) -> Iterator[Agreed]:
    """Yield majority, then every other method beside it; one line where none can be had."""
    question = conduct.question.question_id
    if conduct.fault is not None:
        yield Agreed(question, "majority", undefined="scale-not-supported")
        return
    one_coin = truth.consensus("one-coin", conduct.work.ratings())
    for found in (conduct.majority, conduct.dawid_skene, one_coin, conduct.mace):
        yield _line(question, found, conduct)


def _line(question: str, found: Consensus, conduct: Conduct) -> Agreed:
    if found.undefined:
        return Agreed(question, found.method, undefined=found.undefined)
    beside = truth.difference(found, conduct.majority)
    gold = conduct.records.gold
    units = np.flatnonzero(gold != NO_GOLD)
    right = truth.accuracy(found, units, gold[units])
    sure = _share((right.value or 0.0) * right.units, right.units)
    return Agreed(
        question_id=question,
        method=found.method,
        units=len(found.units),
        tied=int(found.tied.sum()),
        differing=len(beside.differing),
        differing_fraction=beside.share,
        gold_units=right.units,
        gold_accuracy=right.value,
        gold_low=sure.low,
        gold_high=sure.high,
    )


@dataclass(frozen=True, slots=True)
class ModelAgreement:
    """How often a model gives the label of people, on `units` both answered.

    `against` is an annotator, or `consensus` for the majority of people (ties left out).
    """

    question_id: str
    model: str
    against: str
    units: int
    agreement: float
    low: float | None
    high: float | None


def models(annotations: Annotations, number: int, conduct: Conduct) -> Iterator[ModelAgreement]:
    """Yield each model against the consensus, then against each person, least like it first."""
    if conduct.fault is not None:
        return
    for model in model_answers(annotations.session, f"current_{number}"):
        label = _codes(conduct, model)
        shown = annotations.people.name(model.model)
        yield from _against_consensus(conduct, shown, label)
        yield from _against_people(conduct, shown, label)


def _codes(conduct: Conduct, model: ModelAnswers) -> IntArray:
    """(I,) the code of the model's label of each item; -2 without one, -1 for a strange one."""
    texts = conduct.tally.names.labels
    known = dict(zip(texts.texts, texts.codes, strict=True))
    items = conduct.records.items
    place = pc.index_in(pa.array(model.answers, pa.string()), value_set=items)
    given = np.array([known.get(text, -1) for text in model.answers.values()], dtype=np.int64)
    label = np.full(len(items), -2, dtype=np.int64)
    at = places(place)
    label[at[at >= 0]] = given[at >= 0]
    return label


def _against_consensus(conduct: Conduct, model: str, label: IntArray) -> Iterator[ModelAgreement]:
    found = conduct.majority
    both = (found.label >= 0) & (label[found.units] > -2)
    if both.any():
        same = int((found.label[both] == label[found.units][both]).sum())
        yield _agreement(conduct, model, CONSENSUS, same, int(both.sum()))


def _against_people(conduct: Conduct, model: str, label: IntArray) -> Iterator[ModelAgreement]:
    rows, people = conduct.records, len(conduct.people)
    both = label[rows.item] > -2
    who = rows.annotator[both]
    shared = np.bincount(who, minlength=people)
    alike = label[rows.item][both] == rows.label[both]
    same = np.bincount(who[alike], minlength=people)
    rate = same / np.maximum(shared, 1)
    for code in np.lexsort((np.arange(people), rate)).tolist():
        if shared[code]:
            yield _agreement(
                conduct, model, conduct.people[code], int(same[code]), int(shared[code])
            )


def _agreement(conduct: Conduct, model: str, against: str, same: int, units: int) -> ModelAgreement:
    sure, question = _share(same, units), conduct.question.question_id
    return ModelAgreement(question, model, against, units, same / units, sure.low, sure.high)


def _share(right: float, units: int) -> Estimate:
    """Return a share of units with its Clopper-Pearson interval."""
    return gold_accuracy(np.array([right]), np.array([units]), clusters_given=False)
