"""How an annotation is packed into one integer, and how it is taken apart again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.engine.names import bits
from labelaudit.errors import InputError

if TYPE_CHECKING:
    from labelaudit.coefficients.patterns import IntArray
    from labelaudit.engine.names import Names
    from labelaudit.model import Question

CODE_BITS = 62


@dataclass(frozen=True, slots=True)
class Codes:
    """Bits of each part, highest first; sorted packed annotations are sorted by label.

    `gold` holds the gold label's code + 1, 0 where the row tells none; it has no bits where
    there is no gold, or where gold travels beside the annotations. The label code `blank`
    is that of a row that tells gold only.
    """

    gold_bits: int
    label_bits: int
    annotator_bits: int
    batch_bits: int
    vendor_bits: int
    blank: int

    @property
    def slice_bits(self) -> int:
        """Bits of batch and vendor together."""
        return self.batch_bits + self.vendor_bits

    @property
    def person_bits(self) -> int:
        """Bits of all that stands below the label."""
        return self.annotator_bits + self.slice_bits

    @property
    def answer_bits(self) -> int:
        """Bits of all that stands below the gold label."""
        return self.label_bits + self.person_bits

    def gold(self, packed: IntArray) -> IntArray:
        """Return codes of gold labels + 1."""
        return packed >> self.answer_bits

    def answer(self, packed: IntArray) -> IntArray:
        """Return packed annotations without their gold."""
        return packed & ((1 << self.answer_bits) - 1)

    def label(self, answer: IntArray) -> IntArray:
        """Return label codes."""
        return answer >> self.person_bits

    def annotator(self, answer: IntArray) -> IntArray:
        """Return annotator codes."""
        return (answer >> self.slice_bits) & ((1 << self.annotator_bits) - 1)

    def person(self, answer: IntArray) -> IntArray:
        """Return codes of (annotator, batch, vendor)."""
        return answer & ((1 << self.person_bits) - 1)

    def cell(self, answer: IntArray) -> IntArray:
        """Return codes of (batch, vendor)."""
        return answer & ((1 << self.slice_bits) - 1)

    def batch(self, cell: IntArray) -> IntArray:
        """Return the batch of a (batch, vendor) code."""
        return cell >> self.vendor_bits

    def vendor(self, cell: IntArray) -> IntArray:
        """Return the vendor of a (batch, vendor) code."""
        return cell & ((1 << self.vendor_bits) - 1)


def packing(names: Names, question: Question, *, gold: bool) -> Codes:
    """Return how annotations with these names are packed.

    Raises
    ------
    InputError
        If labels, annotators, batches and vendors have too many codes for one integer.

    """
    labels = len(names.labels.names)
    fields = (
        bits(labels + 1) if gold else bits(labels),
        bits(len(names.annotators)),
        bits(len(names.batches)),
        bits(len(names.vendors) + 1),
    )
    if sum(fields) > CODE_BITS:
        raise InputError(
            f"question {question.question_id!r}",
            f"{labels:,} labels x {len(names.annotators):,} annotators x"
            f" {len(names.batches):,} batches x {len(names.vendors):,} vendors is past the"
            " engine's limit",
            next_step="audit fewer batches at a time",
        )
    gold_bits = bits(labels + 1) if gold else 0
    beside = gold_bits + sum(fields) > CODE_BITS
    return Codes(0 if beside else gold_bits, *fields, blank=labels)
