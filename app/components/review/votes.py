"""The votes of a unit: from the text that an audit writes, and from single answers."""

from __future__ import annotations

import re

_VOTE = re.compile(r"(\d+) x (.*?)(?:, (?=\d+ x )|$)", re.DOTALL)


def counted(votes: str) -> list[tuple[int, str]]:
    """Return how many gave each label, most frequent first.

    Examples
    --------
    >>> counted("2 x cat, 1 x dog, wet")
    [(2, 'cat'), (1, 'dog, wet')]

    """
    return [(int(count), label) for count, label in _VOTE.findall(votes)]
