"""Do the same people answer otherwise? The two-way cluster test, within annotators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.drift.clustering import Variance
from labelaudit.drift.people import People
from labelaudit.drift.rao_scott import combined

if TYPE_CHECKING:
    import numpy.typing as npt

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.drift.arms import Arms
    from labelaudit.drift.rao_scott import RaoScott


@dataclass(frozen=True, slots=True, eq=False)
class _Within:
    """The annotators of both arms: sizes (2, A), mixes (2, A, V), weights (A,)."""

    sizes: FloatArray
    mixes: FloatArray
    weights: FloatArray

    @property
    def scales(self) -> FloatArray:
        """(2, A) what a label adds to the difference: w / n, with n / (n - 1) for its spread."""
        lost = np.maximum(self.sizes - 1, 1)
        signs = np.array([[-1.0], [1.0]])
        return np.asarray(self.weights / np.sqrt(self.sizes * lost) * signs)

    def alone(self) -> FloatArray:
        """(V, V) the covariance of the difference if every label stood alone."""
        squares = self.scales**2 * self.sizes
        diagonal = np.diag(np.einsum("ba,bav->v", squares, self.mixes))
        products = np.einsum("ba,bav,baw->vw", squares, self.mixes, self.mixes)
        return np.asarray(diagonal - products)


def behaviour_test(arms: Arms, people: People, minimum: int) -> RaoScott | None:
    """Test that annotators who worked in both arms kept their label mix, on average.

    The difference is b = sum w (p1 - p0), w the mean of an annotator's shares of the arms.
    Its covariance adds the spread of w (p1 - p0) between annotators to that of the
    deviations from each annotator's own mix between contents, less what both count.
    Annotators with fewer than `minimum` labels in an arm are pooled into one. None where
    nothing varies.
    """
    common = np.asarray((people.sizes > 0).all(axis=0))
    kept = common[people.row]
    row = (np.cumsum(common) - 1)[people.row[kept]]
    pooled = People(people.counts[:, common], row).pooled(minimum)
    sizes = pooled.sizes.astype(np.float64)
    weights = (sizes / people.sizes.sum(axis=1, keepdims=True)).mean(axis=0)
    within = _Within(sizes, pooled.mixes(), weights)
    each = weights[:, None] * (within.mixes[1] - within.mixes[0])
    by_content = _by_content(arms.select(kept), pooled.row, within)
    if by_content is None:
        return None
    given = pooled.counts.sum(axis=(0, 1))
    plain = float((weights**2 / sizes).sum())
    metric = np.divide(given.sum() / plain, given, out=np.zeros(len(given)), where=given > 0)
    by_annotator = _between(each, weights)
    return combined(each.sum(axis=0), metric, by_content, by_annotator, within.alone())


def _between(each: FloatArray, weights: FloatArray) -> Variance:
    """Return the covariance of the sum of (A, V) contributions, from their spread."""
    many = len(weights)
    apart = each - np.outer(weights, each.sum(axis=0) / weights.sum())
    total = many / (many - 1) * apart.T @ apart
    return Variance(total, ((total, many - 1.0),))


def _by_content(arms: Arms, row: IntArray, within: _Within) -> Variance | None:
    """Return the covariance from deviations summed by content, or None for one content."""
    codes, content = np.unique(arms.content, return_inverse=True)
    met = [np.unique(content[arms.in_batch == arm]) for arm in (False, True)]
    if len(met[0]) + len(met[1]) > len(codes):
        whole = _squares(arms, content, row, within, np.ones(len(row), bool), len(codes))
        return None if whole is None else Variance(whole[0], (whole,))
    parts = [
        _squares(arms, content, row, within, arms.in_batch == arm, len(met[int(arm)]))
        for arm in (False, True)
    ]
    if parts[0] is None or parts[1] is None:
        return None
    return Variance(parts[0][0] + parts[1][0], (parts[0], parts[1]))


def _squares(
    arms: Arms,
    content: IntArray,
    row: IntArray,
    within: _Within,
    chosen: npt.NDArray[np.bool_],
    many: int,
) -> tuple[FloatArray, float] | None:
    """Return the summed squares of the score sums of `many` contents, with their df.

    A score sum is linear in what the content holds: its labels, less the mix that each of
    its annotators has in the arm. So the products of a sparse table of contents suffice.
    """
    from scipy.sparse import coo_array

    if many < 2:
        return None
    v, people = arms.n_labels, within.sizes.shape[1]
    arm = arms.in_batch[chosen].astype(np.int64)
    scale = within.scales[arm, row[chosen]]
    columns = np.concatenate([arms.label[chosen], v + arm * people + row[chosen]])
    cells = (np.concatenate([scale, -scale]), (np.tile(content[chosen], 2), columns))
    table = coo_array(cells, shape=(int(content.max()) + 1, v + 2 * people)).tocsr()
    to_scores = np.vstack([np.eye(v), within.mixes.reshape(2 * people, v)])
    squares = to_scores.T @ ((table.T @ table) @ to_scores)
    return many / (many - 1) * squares, many - 1.0
