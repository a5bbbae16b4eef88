"""Many floors held at once: which failures would stand if all of them were counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def adjusted(p_values: Sequence[float | None]) -> list[float | None]:
    """Return Benjamini-Hochberg adjusted p-values; None stands for one too large to matter.

    p_(k) m / k, the least over this rank and those above: a failure stands at a false
    discovery rate of q where its adjusted p is q at the most.

    References
    ----------
    Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57(1), 289-300.

    Examples
    --------
    >>> adjusted([0.01, None, 0.04, 0.03])
    [0.04, None, 0.0533..., 0.0533...]

    """
    ranked = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    found: list[float | None] = [None] * len(p_values)
    least = 1.0
    for rank, (p, place) in reversed([*enumerate(ranked, start=1)]):
        least = min(least, p * len(p_values) / rank)
        found[place] = least
    return found
