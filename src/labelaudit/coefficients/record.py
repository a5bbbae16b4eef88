"""What the shelf knows about a coefficient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.coefficients.patterns import Patterns
    from labelaudit.coefficients.ratings import Ratings
    from labelaudit.coefficients.reading import Default, Reading
    from labelaudit.coefficients.tally import Tally
    from labelaudit.model import Scale

    class PairTally(Protocol):
        """Makes the sums of a coefficient that must know who answered."""

        def __call__(self, ratings: Ratings, reading: Reading, *, by_unit: bool) -> Tally:
            """Return the sums, with a row for each unit where `by_unit` asks for that."""
            ...


PublishedSe = Literal["delta", "delta-large-sample", "gwet", "gwet-alpha"]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient of the shelf: what it asks, what it can read, and its sums.

    Attributes
    ----------
    name
        Its one name, kebab-case, everywhere the same.
    title
        The question it answers, in a line.
    source
        The paper and equation.
    tally
        (patterns, reading) -> the sums from which the parts, the delete-one-unit
        jackknife and the bootstrap follow. None for a coefficient that must know who
        answered; that one has `pair_tally` from the table of ratings instead.
    reads
        How labels are compared when the caller names no weights and no distance.
    single_rated
        Whether units with one label count in its chance term.
    annotators
        "two" where it is defined for exactly two annotators.
    published_se
        Which linearised standard error its literature prints: the delta method over units
        ("delta"), the same without the factor U/(U-1) ("delta-large-sample"), Gwet's form
        ("gwet"), or Gwet's form for alpha ("gwet-alpha").
    chance_from_data
        Whether its chance term follows the labels given so closely that a rare label makes
        the interval unreliable (see `trust`).
    whole_domain
        Whether its chance term looks at every declared label, given or not.
    weighted
        Whether it can be told weights or a distance.
    unit_distance
        Whether it needs distances of at most 1 (weights of at least 0).
    scales
        The scales it reads; any other is refused with `scale-not-supported`.

    """

    name: str
    title: str
    source: str
    tally: Callable[[Patterns, Reading], Tally] | None = None
    pair_tally: PairTally | None = None
    reads: Default = "equality"
    single_rated: bool = True
    annotators: Literal["any", "two"] = "any"
    published_se: PublishedSe = "gwet"
    chance_from_data: bool = True
    whole_domain: bool = False
    weighted: bool = True
    unit_distance: bool = False
    scales: tuple[Scale, ...] = ("nominal", "ordinal", "interval", "ratio", "set")
