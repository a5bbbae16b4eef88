"""The tables of `labelaudit.toml` about what to review and what to relabel."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from labelaudit.configuration.keys import QUEUE, RELABEL, Key
from labelaudit.settings import Queue, Relabel

if TYPE_CHECKING:
    from labelaudit.configuration.tables import Table

UNIFORM = (0.10, 0.15)
"""Less says nothing about the rate of errors, more is taken from where the errors are."""


def parse_queue(table: Table) -> Queue:
    """Return how the review queue is drawn."""
    given = table.read(QUEUE, beside=["weights"])
    share = cast("float", given.get("uniform_fraction", UNIFORM[0]))
    if not UNIFORM[0] <= share <= UNIFORM[1]:
        raise table.error(
            f"uniform_fraction = {share:g} is not from {UNIFORM[0]:.2f} to {UNIFORM[1]:.2f}",
            "fewer tell no rate of errors, more leave errors unseen",
        )
    return Queue(weights=_weights(table.table("weights")), **given)  # type: ignore[arg-type]


def _weights(table: Table) -> dict[str, float]:
    """Return how much each label weighs, by the label."""
    read = table.read({label: Key("number", "") for label in table.values})
    weights = {label: float(cast("float", weight)) for label, weight in read.items()}
    for label, weight in weights.items():
        if weight < 0:
            raise table.error(f"{label} = {weight:g} is below 0", "1 is the usual weight")
    return weights


def parse_relabel(table: Table) -> Relabel:
    """Return what another label costs."""
    given = table.read(RELABEL)
    price = cast("float", given.get("price_per_label", 0.0))
    if price < 0:
        raise table.error(f"price_per_label = {price:g} is below 0", "write what a label costs")
    return Relabel(**given)  # type: ignore[arg-type]
