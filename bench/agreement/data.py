"""The data that every tool is measured on, in every shape that some tool wants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    Codes = npt.NDArray[np.int64]

ANNOTATORS = 50
ACCURACY = 0.7
TAGS = "abcdefgh"


@dataclass(frozen=True)
class Data:
    """Units that three of fifty annotators labeled, right seven times in ten."""

    units: int
    labels: int
    seed: int = 0

    @cached_property
    def cells(self) -> tuple[Codes, Codes]:
        """(U, 3) the label and the annotator of every answer."""
        rng = np.random.default_rng(self.seed)
        shape = (self.units, 3)
        truth = rng.integers(0, self.labels, self.units)
        guess = rng.integers(0, self.labels, shape)
        label = np.where(rng.random(shape) < ACCURACY, truth[:, None], guess)
        people = rng.integers(0, ANNOTATORS, self.units)[:, None] + np.array([0, 7, 21])
        return label, people % ANNOTATORS

    def long(self) -> pd.DataFrame:
        """Return one row per answer, ids and labels as numbers, unit by unit."""
        import pandas as pd

        label, people = self.cells
        return pd.DataFrame(
            {
                "item_id": np.repeat(np.arange(self.units), 3),
                "annotator_id": people.ravel(),
                "label": label.ravel(),
            }
        )

    def long_text(self) -> pd.DataFrame:
        """Return the same as text, in shuffled order, as a delivery comes."""
        frame = self.long().sample(frac=1, random_state=self.seed)
        frame["item_id"] = "item-" + frame["item_id"].astype(str).str.zfill(8)
        frame["annotator_id"] = "annotator-" + frame["annotator_id"].astype(str)
        frame["label"] = "label " + frame["label"].astype(str)
        return frame

    def long_sets(self) -> pd.DataFrame:
        """Return the long table with a set of tags for each label: the bits of its number."""
        frame = self.long()
        sets = [
            frozenset(tag for bit, tag in enumerate(TAGS) if number >> bit & 1)
            for number in range(1, self.labels + 1)
        ]
        frame["label"] = [sets[code] for code in frame["label"]]
        return frame

    def wide(self, annotators: int = 3) -> pd.DataFrame:
        """Return one row per unit and one column for each of its answers."""
        import pandas as pd

        label, _ = self.cells
        columns = [f"answer {at}" for at in range(annotators)]
        return pd.DataFrame(np.ascontiguousarray(label[:, :annotators]), columns=columns)

    def counts(self) -> Codes:
        """(U, V) how often each unit received each label."""
        cell = np.arange(self.units)[:, None] * self.labels + self.cells[0]
        table = np.bincount(cell.ravel(), minlength=self.units * self.labels)
        return table.reshape(self.units, self.labels)
