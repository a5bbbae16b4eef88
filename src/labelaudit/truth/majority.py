"""Majority: the label that most annotators gave, and honest ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.truth.consensus import NO_LABEL, Consensus
from labelaudit.truth.refusing import nothing_to_combine

if TYPE_CHECKING:
    from labelaudit.coefficients.ratings import Ratings


def majority(ratings: Ratings) -> Consensus:
    """Which label did most annotators give to each unit?

    label_u = argmax_c n_uc; where several labels share the maximum there is none. The
    confidence is max_c n_uc / m_u, a share of votes and no probability.

    Returns
    -------
    Consensus
        Without posterior, prior and competence. Undefined: `no-labels`, `no-overlap`
        (every unit has one label).

    Examples
    --------
    >>> from labelaudit.coefficients import ratings
    >>> table = ratings([0, 0, 0, 1, 1], [0, 1, 2, 0, 1], [1, 1, 0, 0, 1], n_labels=2)
    >>> found = majority(table)
    >>> found.label.tolist(), found.candidates(1)
    ([1, -1], (0, 1))

    """
    fault = nothing_to_combine(ratings)
    if fault:
        return Consensus("majority", ratings.n_labels, undefined=fault)
    cells = ratings.unit_patterns()
    best = np.maximum.reduceat(cells.counts, cells.starts)
    units, row = ratings.units(), np.repeat(np.arange(len(cells)), cells.lengths)
    top = cells.counts == best[row]
    alone = np.add.reduceat(top, cells.starts) == 1
    label = np.full(len(cells), NO_LABEL, dtype=np.int64)
    decided = top & alone[row]
    label[row[decided]] = cells.codes[decided]
    open_cells = top & ~alone[row]
    return Consensus(
        "majority",
        ratings.n_labels,
        units=units,
        label=label,
        confidence=best / cells.sizes,
        sizes=cells.sizes,
        tie_unit=units[row[open_cells]],
        tie_label=cells.codes[open_cells],
    )
