"""One batch among the others: the batches around it, and its mix of labels beside theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from labelaudit.dossier.batches import BatchLine
    from labelaudit.dossier.roll import Roll

MOST = 30


def around(lines: Sequence[BatchLine], batch: str, most: int = MOST) -> tuple[BatchLine, ...]:
    """Return the batches of the same vendors around one, in their order."""
    own = next(line for line in lines if line.batch_id == batch)
    alike = [line for line in lines if line.vendors == own.vendors]
    at = alike.index(own)
    start = max(0, min(at - most // 2, len(alike) - most))
    return tuple(alike[start : start + most])


def neighbours(order: Sequence[str], batch: str) -> tuple[str | None, str | None]:
    """Return the batch before and the batch after one."""
    at = order.index(batch)
    before = order[at - 1] if at else None
    return before, order[at + 1] if at + 1 < len(order) else None


def mixes(roll: Roll, question: str, batch: str) -> Mapping[str, Mapping[str, float]]:
    """Return the shares of labels in a batch and in all others; nothing where there is no mix."""
    counts = roll.mixes.get(question, {})
    if batch not in counts or len(counts) < 2:
        return {}
    labels = sorted({label for mix in counts.values() for label in mix})
    others = [mix for name, mix in counts.items() if name != batch]
    summed = {label: sum(mix.get(label, 0) for mix in others) for label in labels}
    own = {label: counts[batch].get(label, 0) for label in labels}
    return {"this batch": _shares(own), "all others": _shares(summed)}


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    total = max(sum(counts.values()), 1)
    return {label: count / total for label, count in counts.items()}
