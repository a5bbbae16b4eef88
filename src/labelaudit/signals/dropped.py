"""Which items were sent and never came back, and were they the hard ones?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from labelaudit.drift.deviation import Deviation, not_testable
from labelaudit.signals.ranks import rank_sum

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray

    BoolArray = npt.NDArray[np.bool_]

_MIN_IN_SLICE = 20


@dataclass(frozen=True, slots=True, eq=False)
class DroppedItems:
    """A delivery against the manifest of what was sent.

    Attributes
    ----------
    missing
        Codes of items sent that did not come back, ascending.
    unexpected
        Codes of items that came back and were never sent, ascending.
    share
        Share of the sent items that are missing; None without a manifest.
    harder
        The deviation of difficulty: `effect` is the chance that a missing item is harder
        than a returned one (0.5 is even-handed); p one-sided.
    by_slice
        The deviation over slices (class, source ...): `effect` is the share missing in the
        slice that misses most, less the share missing overall; p of equal shares.

    """

    missing: IntArray
    unexpected: IntArray
    share: float | None
    harder: Deviation
    by_slice: Deviation


def dropped_items(
    sent: IntArray,
    returned: IntArray,
    difficulty: FloatArray | None = None,
    slices: IntArray | None = None,
) -> DroppedItems:
    """Which items of the manifest did not come back, and did chance choose them?

    Parameters
    ----------
    sent
        (S,) item codes of the manifest; an item counts once.
    returned
        (R,) item codes of the delivery, in the same coding.
    difficulty
        (S,) how hard each sent item is, known before it was labelled; NaN where unknown.
    slices
        (S,) code of the slice of each sent item, not negative.

    Returns
    -------
    DroppedItems
        Not testable: `no-manifest` (nothing was sent), `no-difficulty`, `too-few-units`
        (under 10 missing or 10 returned), `zero-variance`.

    References
    ----------
    Mann & Whitney (1947), Annals of Mathematical Statistics 18, 50-60; Pearson (1900),
    Philosophical Magazine 50, 157-175 (slices).

    Examples
    --------
    >>> sent = np.arange(100)
    >>> found = dropped_items(sent, sent[sent < 80], difficulty=sent / 100.0)
    >>> found.share, found.harder.effect, found.harder.p < 0.001
    (0.2, 1.0, True)

    """
    items, first = np.unique(sent, return_index=True)
    if len(items) == 0:
        none = not_testable("no-manifest", "the list of items that were sent")
        return DroppedItems(items, np.unique(returned), None, none, none)
    gone = ~np.isin(items, returned)
    unexpected = np.setdiff1d(returned, items)
    hard = None if difficulty is None else difficulty[first]
    part = None if slices is None else slices[first]
    share = float(gone.mean())
    return DroppedItems(items[gone], unexpected, share, _harder(gone, hard), _uneven(gone, part))


def _harder(gone: BoolArray, hard: FloatArray | None) -> Deviation:
    if hard is None or np.isnan(hard).all():
        return not_testable("no-difficulty", "a measure of how hard each sent item is")
    return rank_sum(hard[gone], hard[~gone], "10 missing and 10 returned items")


def _uneven(gone: BoolArray, part: IntArray | None) -> Deviation:
    """Test that every slice misses the same share; small slices are put together."""
    needs = f"two slices of {_MIN_IN_SLICE} items or more, and 10 missing and returned items"
    if part is None or min(gone.sum(), (~gone).sum()) < 10:
        return not_testable("too-few-units", needs)
    codes, slot = np.unique(part, return_inverse=True)
    small = np.bincount(slot) < _MIN_IN_SLICE
    slot = np.unique(np.where(small[slot], len(codes), slot), return_inverse=True)[1]
    size, lost = np.bincount(slot), np.bincount(slot, gone)
    size, lost = size[size >= _MIN_IN_SLICE], lost[size >= _MIN_IN_SLICE]
    if len(size) < 2:
        return not_testable("too-few-units", needs)
    share = float(lost.sum() / size.sum())
    if not 0 < share < 1:
        return not_testable("zero-variance", needs)
    chi2 = float(((lost - size * share) ** 2 / (size * share * (1 - share))).sum())
    p = float(special.chdtrc(len(size) - 1, chi2))
    return Deviation(float((lost / size).max()) - share, None, None, chi2, len(size) - 1.0, p)
