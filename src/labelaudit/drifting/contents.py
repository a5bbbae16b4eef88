"""What the items of a question say: their texts, and which of them are copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.signals import groups, near_duplicates, same_contents

if TYPE_CHECKING:
    from labelaudit.coefficients import IntArray
    from labelaudit.conduct import Conduct


def item_texts(conduct: Conduct) -> tuple[IntArray, list[str]]:
    """Return the codes of the items with a content, and the contents; empty without any."""
    rows = conduct.records
    told = rows.beside.get("content")
    if told is None:
        return np.zeros(0, dtype=np.int64), []
    known = np.flatnonzero(told.code >= 0)
    items, first = np.unique(rows.item[known], return_index=True)
    return items, [told.names[code] for code in told.code[known[first]].tolist()]


def copies(texts: list[str], similar: float) -> IntArray:
    """(T,) a code per text, equal for the same text and for nearly the same ones.

    Examples
    --------
    >>> copies(["A cat", "a  cat", "a dog"], 0.8).tolist()
    [0, 0, 1]

    """
    if similar >= 1:
        return same_contents(texts)
    near = near_duplicates(texts, similar)
    return groups(near.first, near.second, len(texts))
