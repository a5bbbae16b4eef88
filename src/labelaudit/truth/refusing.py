"""When labels cannot be combined: reason codes instead of confident nonsense."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.truth.table import MAX_CELLS, linked, table

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.truth.table import Table


def nothing_to_combine(ratings: Ratings) -> str | None:
    """Return `no-labels` or `no-overlap` where no unit has two labels, else None."""
    if len(ratings) == 0:
        return "no-labels"
    return "no-overlap" if int(np.bincount(ratings.unit).max()) < 2 else None


def usable(ratings: Ratings, *, confusion: bool) -> tuple[Table, IntArray] | str:
    """Return the ratings a model can learn from and the units left out, or a reason code.

    Annotators who share no unit with anybody teach a model nothing, and it nothing about
    them: their ratings are left out, and so are the units that only they labelled.

    Parameters
    ----------
    ratings
        The table of ratings.
    confusion
        Whether the model holds V x V numbers for every annotator.

    """
    fault = nothing_to_combine(ratings)
    if fault or ratings.n_labels < 2:
        return fault or "one-category"
    group = linked(ratings)
    if int(group.max()) != 0:
        return "disconnected-annotators" if group.max() > 0 else "single-annotator"
    whole = int(group.min()) == 0
    kept = table(ratings if whole else ratings.select(group == 0))
    rows = max(len(kept.units), len(kept.annotators) * kept.n_labels * confusion)
    if rows * kept.n_labels > MAX_CELLS:
        return "too-many-labels"
    left_out = np.zeros(0, np.int64) if whole else np.setdiff1d(ratings.units(), kept.units)
    return kept, left_out
