"""What is compared with what: each peer on its own best input, and from the long table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

UNITS = (10_000, 100_000, 1_000_000)
SETS = 31  # the labels of the set-valued question: subsets of five tags


@dataclass(frozen=True)
class Comparison:
    """One peer against labelaudit: the way the peer goes, and what labelaudit is given."""

    job: str
    peer: str
    way: str
    given: str
    units: int
    labels: int

    @property
    def from_long(self) -> bool:
        """Say whether both start from the long table."""
        return self.given.startswith("long") and self.way not in {"triples", "counts"}


# job, numbers of labels, peer, the peer's way, what labelaudit is given
LINES: tuple[tuple[str, tuple[int, ...], str, str, str], ...] = (
    ("alpha", (5, 100), "krippendorff", "counts", "counts"),
    ("alpha", (5, 100), "krippendorff", "wide", "wide"),
    ("alpha", (5, 100), "krippendorff", "pivot", "long"),
    ("alpha", (5, 100), "krippendorff", "group by", "long"),
    ("alpha", (5, 100), "krippendorff", "counts by hand", "long"),
    ("alpha", (5,), "krippendorff", "text, group by", "long text"),
    ("alpha", (5, 100), "nltk", "triples", "long"),
    ("alpha", (5, 100), "nltk", "long", "long"),
    ("alpha", (5, 100), "irrCAC", "wide", "wide"),
    ("alpha", (5, 100), "irrCAC", "pivot", "long"),
    ("alpha, quadratic", (5, 100), "krippendorff", "counts", "counts"),
    ("alpha, quadratic", (5, 100), "krippendorff", "group by", "long"),
    ("alpha, quadratic", (5, 100), "krippendorff", "counts by hand", "long"),
    ("alpha, quadratic", (5,), "nltk", "triples", "long"),
    ("alpha, quadratic", (5, 100), "irrCAC", "wide", "wide"),
    ("alpha, MASI sets", (SETS,), "nltk", "triples", "long sets"),
    ("alpha, MASI sets", (SETS,), "nltk", "long", "long sets"),
    ("alpha, 1,000 replicates", (5, 100), "krippendorff", "counts", "long"),
    ("fleiss", (5, 100), "statsmodels", "counts", "counts"),
    ("fleiss", (5, 100), "statsmodels", "group by", "long"),
    ("fleiss", (5, 100), "statsmodels", "counts by hand", "long"),
    ("fleiss", (5,), "irrCAC", "wide", "wide"),
    ("cohen", (5, 100), "scikit-learn", "two vectors", "two columns"),
    ("cohen", (5, 100), "statsmodels", "to_table", "two columns"),
    ("cohen", (5, 100), "statsmodels", "table by hand", "two columns"),
    ("cohen, quadratic", (5, 100), "scikit-learn", "two vectors", "two columns"),
    ("cohen, quadratic", (5, 100), "statsmodels", "to_table", "two columns"),
    ("cohen, quadratic", (5, 100), "statsmodels", "table by hand", "two columns"),
)


def comparisons(units: tuple[int, ...] = UNITS) -> Iterator[Comparison]:
    """Yield every comparison, by job."""
    for job, all_labels, peer, way, given in LINES:
        for labels, size in product(all_labels, units):
            yield Comparison(job, peer, way, given, size, labels)
