"""What the kernel has counted so far, in parts that add up in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from labelaudit.engine.shapes import Shapes
from labelaudit.engine.sums import Sums, folded

if TYPE_CHECKING:
    from labelaudit.engine.packing import Codes


@dataclass(slots=True)
class Counts:
    """Everything the kernel counts, as integers.

    `whole` holds complete units under their (batch, vendor) code, or under `straddling`
    where a unit lies in several; `batch_parts` and `vendor_parts` hold the pieces of those.
    Keys: pairs (annotator, annotator, agree); peers by m (annotator, n_uc, sum n_uc^2);
    gold (annotator, batch, vendor, correct). `crowded_repeats` are repetitions in units too
    large for pairs; in others an annotator is paired with themself.
    """

    codes: Codes
    whole: Shapes = field(init=False)
    batch_parts: Shapes = field(init=False)
    vendor_parts: Shapes = field(init=False)
    pairs: list[Sums] = field(default_factory=list)
    peers: dict[int, list[Sums]] = field(default_factory=dict)
    gold: list[Sums] = field(default_factory=list)
    crowded_repeats: int = 0
    gold_units: int = 0
    gold_conflicts: int = 0

    def __post_init__(self) -> None:
        """Make the empty tables of patterns."""
        bits = self.codes.label_bits, self.codes.slice_bits + 1
        self.whole, self.batch_parts, self.vendor_parts = (Shapes(*bits) for _ in range(3))

    @property
    def straddling(self) -> int:
        """The slice code of units that lie in several slices."""
        return 1 << self.codes.slice_bits

    def take(self, other: Counts) -> None:
        """Add what another has counted."""
        self.whole.take(other.whole)
        self.batch_parts.take(other.batch_parts)
        self.vendor_parts.take(other.vendor_parts)
        self.pairs = folded(self.pairs + other.pairs)
        for size, parts in other.peers.items():
            self.peers[size] = folded(self.peers.get(size, []) + parts)
        self.gold = folded(self.gold + other.gold)
        self.crowded_repeats += other.crowded_repeats
        self.gold_units += other.gold_units
        self.gold_conflicts += other.gold_conflicts
