"""How far something lies from where it should, or why that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass

REASONS: dict[str, str] = {
    "empty-arm": "The baseline or the batch has nothing to compare.",
    "one-category": "Only one label was given: there is no mix of labels to compare.",
    "no-common-label": "The baseline and the batch share no label: this is another label set, "
    "or another question, rather than a drift of the mix.",
    "different-domain": "The baseline was labelled with another label set.",
    "too-many-labels": "More labels are in use than a table of all pairs of them can hold.",
    "too-few-clusters": "Too few documents or items in the baseline or the batch: labels of one "
    "item move together, so a few of them say little however many labels they carry.",
    "too-few-annotators": "Too few annotators to tell a habit of one person from a drift.",
    "annotators-unknown": "Nothing tells who answered.",
    "no-common-annotators": "Nobody answered both in the baseline and in the batch.",
    "too-few-units": "Too few units for a test whose false alarms are known.",
    "too-little-disagreement": "Too few disagreements for a test whose false alarms are known.",
    "no-estimate": "A coefficient that is compared, or its standard error, is itself undefined.",
    "zero-variance": "Nothing varies within the baseline and within the batch, so nothing tells "
    "what chance alone would do.",
    "no-times": "There are no usable times.",
    "all-times-equal": "All times are the same: they were stamped, not measured.",
    "mixed-units": "Durations differ about a thousandfold: seconds and milliseconds are mixed.",
    "differs-beside-few-batches": "The batch differs by more than counting explains, but too few "
    "batches lie beside it to tell whether batches differ as much anyway.",
    "too-few-batches": "Too few batches to know how much batches differ when nothing is wrong.",
    "no-gold": "Nobody answered a unit that has a gold label.",
    "no-blind-items": "Every item was labelled with the model's label in view.",
    "no-shown-items": "No item was labelled with the model's label in view.",
    "no-manifest": "Nothing tells which items were sent out.",
    "no-difficulty": "Nothing tells how hard the items are.",
    "no-reviews": "There are no reviews.",
    "no-seeded-errors": "No review met a label that is known to be wrong.",
    "no-duplicates": "No content occurs twice.",
    "too-few-answers": "Too few answers for a test whose false alarms are known.",
}
"""Reason code -> what it means."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """An effect with its interval and p-value, or why it cannot be tested and what that needs.

    Attributes
    ----------
    effect
        How far it lies, in the words of the function that made it. Known even where it
        cannot be tested, if it can be computed at all.
    low, high
        Ends of the 95% interval of the effect.
    statistic, df
        The test statistic and the degrees of freedom of its spread.
    p
        Chance of an effect at least this large where nothing is wrong; None is never a pass.
    undefined
        The reason code (a key of `REASONS`) why there is no p.
    needs
        What would make it testable, as a noun phrase: "8 items in each".

    """

    effect: float | None = None
    low: float | None = None
    high: float | None = None
    statistic: float | None = None
    df: float | None = None
    p: float | None = None
    undefined: str | None = None
    needs: str | None = None


def not_testable(
    reason: str,
    needs: str,
    effect: float | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Deviation:
    """Return a deviation without a p-value, for a reason that `REASONS` explains."""
    assert reason in REASONS
    return Deviation(effect=effect, low=low, high=high, undefined=reason, needs=needs)
