"""Why did the mix of labels move: other people, other shares of the work, or other behaviour?

Kitagawa's split of the difference of two rates, over annotators. Three terms, each of which
sums to 0 over the labels, add up to the whole difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.behaviour import behaviour_test
from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.drift.label_mix import MIN_CONTENTS, NEEDS
from labelaudit.drift.null_mix import tv_bounds
from labelaudit.drift.people import People, people_of

if TYPE_CHECKING:
    from labelaudit.coefficients import FloatArray
    from labelaudit.drift.arms import Arms
    from labelaudit.drift.rao_scott import RaoScott

MIN_COMMON = 5
MIN_ANSWERS = 20


@dataclass(frozen=True, slots=True, eq=False)
class MixSplit:
    """The three parts of a drift of the label mix.

    Attributes
    ----------
    behaviour
        (V,) the same people answer otherwise.
    annotator_mix
        (V,) people who were there before do another share of the work.
    new_annotators
        (V,) people came or left.
    test
        The deviation of the behaviour part, within annotators: `effect` is its total
        variation. The other two parts are counts, not estimates: there is nothing to test.
    common, joined, left
        How many annotators worked in both arms, in the batch only, in the baseline only.

    """

    behaviour: FloatArray
    annotator_mix: FloatArray
    new_annotators: FloatArray
    test: Deviation
    common: int
    joined: int
    left: int

    @property
    def sizes(self) -> dict[str, float]:
        """Return the total variation of each part, by its kebab-case name."""
        parts = {
            "behaviour": self.behaviour,
            "annotator-mix": self.annotator_mix,
            "new-annotators": self.new_annotators,
        }
        return {name: float(np.abs(part).sum()) / 2 for name, part in parts.items()}


def mix_split(arms: Arms) -> MixSplit | None:
    """Which part of the drift is behaviour, and which is who did the work?

    With w an annotator's share of an arm's labels and p their mix: behaviour = sum over
    annotators of both arms of (w1 + w0) / 2 (p1 - p0); annotator mix = sum over the same of
    (w1 - w0) ((p1 + p0) / 2 - m); new annotators = sum over those who joined of w1 (p1 - m)
    less the sum over those who left of w0 (p0 - m). m is the average mix of the annotators
    of both arms; taking it off leaves the sum as it is and lets every part sum to 0.

    Parameters
    ----------
    arms
        N labels with annotators.

    Returns
    -------
    MixSplit or None
        None where nobody is named or an arm is empty. The test of the behaviour needs 5
        annotators with 20 labels in each arm (`no-common-annotators`, `too-few-annotators`);
        annotators with fewer are pooled into one.

    References
    ----------
    Kitagawa (1955), Components of a difference between two rates, JASA 50, 1168-1194.

    Examples
    --------
    >>> from labelaudit.drift.arms import Arms
    >>> label = np.array([0, 0, 1, 1, 0, 0, 0, 1])
    >>> person = np.array([0, 0, 1, 1, 0, 0, 0, 1])
    >>> in_batch = np.arange(8) >= 4
    >>> split = mix_split(Arms(in_batch, label, np.arange(8), person, 2))
    >>> split.sizes
    {'behaviour': 0.0, 'annotator-mix': 0.25, 'new-annotators': 0.0}

    """
    people = people_of(arms)
    if people is None:
        return None
    share, mix = people.shares(), people.mixes()
    common = (people.sizes > 0).all(axis=0)
    middle = (share[0] + share[1])[common] / 2
    average = (mix[0] + mix[1]) / 2
    centre = middle @ average[common] / middle.sum() if common.any() else average.mean(axis=0)
    behaviour = middle @ (mix[1] - mix[0])[common]
    moved = (share[1] - share[0])[common] @ (average[common] - centre)
    joined, left = people.sizes[0] == 0, people.sizes[1] == 0
    new = share[1][joined] @ (mix[1][joined] - centre) - share[0][left] @ (mix[0][left] - centre)
    test = _test(arms, people, behaviour)
    many = (int(group.sum()) for group in (common, joined, left))
    return MixSplit(behaviour, moved, new, test, *many)


def _test(arms: Arms, people: People, behaviour: FloatArray) -> Deviation:
    effect = float(np.abs(behaviour).sum()) / 2
    common = people.sizes.min(axis=0)
    enough = int((common >= MIN_ANSWERS).sum())
    if not common.any():
        needs = f"{MIN_COMMON} annotators who work in the baseline and in the batch"
        return not_testable("no-common-annotators", needs)
    if enough < MIN_COMMON:
        needs = f"{MIN_COMMON} annotators with {MIN_ANSWERS} labels in the baseline and the batch"
        return not_testable("too-few-annotators", needs, effect)
    contents = [len(np.unique(arms.content[arms.in_batch == arm])) for arm in (False, True)]
    if min(contents) < MIN_CONTENTS:
        return not_testable("too-few-clusters", NEEDS["too-few-clusters"], effect)
    test = behaviour_test(arms, people, MIN_ANSWERS)
    if test is None:
        return not_testable("zero-variance", "annotators or items that differ", effect)
    return _deviation(test, effect, behaviour)


def _deviation(test: RaoScott, effect: float, behaviour: FloatArray) -> Deviation:
    _, low, high = tv_bounds(behaviour, test.covariance, test.df2)
    return Deviation(effect, low, high, test.statistic, test.df2, test.p)
