"""What the kernel has counted so far, in parts that add up in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from labelaudit.engine.shapes import Shapes
from labelaudit.engine.sums import Totals

if TYPE_CHECKING:
    from labelaudit.engine.packing import Codes


@dataclass(slots=True)
class Counts:
    """Everything the kernel counts, as integers.

    `whole` holds complete units under their (batch, vendor) code, or under `straddling`
    where a unit lies in several; `batch_parts` and `vendor_parts` hold the pieces of those.
    Keys: cube (label, annotator, batch, vendor); pairs (annotator, annotator, agree); peers
    by m (annotator, n_uc, sum n_uc^2); gold (annotator, batch, vendor, correct).
    `crowded_repeats` are repetitions in units too large for pairs; in others an annotator is
    paired with themself.
    """

    codes: Codes
    whole: Shapes = field(init=False)
    batch_parts: Shapes = field(init=False)
    vendor_parts: Shapes = field(init=False)
    cube: Totals = field(init=False)
    pairs: Totals = field(init=False)
    peers: dict[int, Totals] = field(default_factory=dict)
    gold: Totals = field(init=False)
    crowded_repeats: int = 0
    gold_units: int = 0
    gold_conflicts: int = 0

    def __post_init__(self) -> None:
        """Make the empty tables."""
        codes = self.codes
        bits = codes.label_bits, codes.slice_bits + 1
        self.whole, self.batch_parts, self.vendor_parts = (Shapes(*bits) for _ in range(3))
        self.cube = Totals(1 << codes.answer_bits)
        self.pairs = Totals(1 << (2 * codes.annotator_bits + 1))
        self.gold = Totals(1 << (codes.person_bits + 1))

    @property
    def straddling(self) -> int:
        """The slice code of units that lie in several slices."""
        return 1 << self.codes.slice_bits

    def peers_of(self, size: int) -> Totals:
        """Return the counts of peers in units with `size` labels, to be added to."""
        limit = (1 << self.codes.annotator_bits) * (size + 1) * (size * size + 1)
        return self.peers.setdefault(size, Totals(limit))

    def take(self, other: Counts) -> None:
        """Add what another has counted."""
        self.whole.take(other.whole)
        self.batch_parts.take(other.batch_parts)
        self.vendor_parts.take(other.vendor_parts)
        self.cube.take(other.cube)
        self.pairs.take(other.pairs)
        self.gold.take(other.gold)
        for size, counted in other.peers.items():
            self.peers_of(size).take(counted)
        self.crowded_repeats += other.crowded_repeats
        self.gold_units += other.gold_units
        self.gold_conflicts += other.gold_conflicts
