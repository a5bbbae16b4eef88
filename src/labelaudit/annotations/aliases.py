"""Names that look alike: the same word in another case, spacing, Unicode form or alphabet."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Cyrillic and Greek letters that most fonts draw like a Latin one
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u043a\u043c\u0442\u043d\u0432\u03bf\u03b1\u03bd\u03b9\u03c1",
    "aceopxyijskmthboavip",
)


def near_aliases(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return groups of different names that a reader would take for the same one.

    Examples
    --------
    >>> near_aliases(["cat", "Cat ", "dog"])
    (('Cat ', 'cat'),)

    """
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        groups[skeleton(name)].add(name)
    return tuple(sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1))


def skeleton(name: str) -> str:
    r"""Return what is left of a name without case, spacing, Unicode form and look-alikes.

    Examples
    --------
    >>> skeleton("  N\u043et  Spam\u200b") == skeleton("not spam")
    True

    """
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_LOOK_ALIKES)
    visible = "".join(
        " " if character.isspace() else character
        for character in folded
        if unicodedata.category(character) != "Cf"
    )
    return " ".join(visible.replace("_", " ").replace("-", " ").split())
