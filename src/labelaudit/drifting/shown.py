"""Which label a model proposed for each answer, and whether the annotator saw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.engine.records import model_labels

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import IntArray
    from labelaudit.conduct import Conduct

    BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The model's label beside N answers.

    Attributes
    ----------
    shown
        (N,) whether it was in view.
    known
        (N,) whether it is known, also where it was not in view.
    followed
        (N,) whether the answer equals it.
    wrong
        (N,) whether gold says that it is wrong.

    """

    shown: BoolArray
    known: BoolArray
    followed: BoolArray
    wrong: BoolArray


def shown_labels(conduct: Conduct) -> Shown | None:
    """Return the model's labels; None where none of those shown is a label of the question."""
    rows, names = conduct.records, conduct.tally.names.labels
    told = rows.beside.get("shown_label")
    if told is None:
        return None
    codes = dict(zip(names.texts, names.codes, strict=True))
    place = np.array([*(codes.get(text, -1) for text in told.names), -1], dtype=np.int64)
    label = place[told.code]
    shown = label >= 0
    if not shown.any():
        return None
    by_item = _by_item(conduct, rows.item[shown], label[shown], codes)
    label = np.where(shown, label, by_item[rows.item])
    known = (label >= 0) & (shown | (told.code < 0))
    gold = rows.gold[rows.item]
    wrong = known & (gold >= 0) & (gold != label)
    return Shown(shown, known, known & (rows.label == label), wrong)


def _by_item(conduct: Conduct, item: IntArray, label: IntArray, codes: dict[str, int]) -> IntArray:
    """(I,) the model's label of each item: its own answer, else what was shown elsewhere."""
    rows = conduct.records
    found = np.full(len(rows.items), -1, dtype=np.int64)
    found[item] = label
    ids, texts = model_labels(conduct.session, conduct.view)
    answered = np.array([codes.get(text, -1) for text in texts], dtype=np.int64)
    place = rows.places(ids)
    kept = (place >= 0) & (answered >= 0)
    found[place[kept]] = answered[kept]
    return found
