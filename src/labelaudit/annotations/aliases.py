"""Names that look alike: the same word in another case, spacing, Unicode form or alphabet."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from labelaudit.annotations.counting import current_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from labelaudit.annotations.privacy import People
    from labelaudit.engine.session import Session
    from labelaudit.engine.tables import Tally

    Alias = tuple[str, tuple[str, ...]]

MOST_NAMES = 200_000
"""Longer lists of names are not searched: nobody reads that many pairs."""

# Cyrillic and Greek letters that most fonts draw like a Latin one
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u043a\u043c\u0442\u043d\u0432\u03bf\u03b1\u03bd\u03b9\u03c1",
    "aceopxyijskmthboavip",
)
_GAPS = str.maketrans("_-", "  ")
_WORDS = ("nominal", "ordinal", "preference")


def aliases(
    session: Session, tallies: Sequence[Tally], people: People, rows: int
) -> tuple[Alias, ...]:
    """Return groups of names that look alike: (what they name, the names), people as shown."""
    found: set[Alias] = set()
    for number, tally in enumerate(tallies):
        for what, names in _named(session, number, tally, rows):
            found |= {(what, group) for group in near_aliases(names)}
        for group in near_aliases(tally.names.annotators):
            found.add(("annotators", tuple(people.name(name) for name in group)))
    return tuple(sorted(found))


def _named(
    session: Session, number: int, tally: Tally, rows: int
) -> Iterator[tuple[str, Sequence[str]]]:
    yield "batches", tally.names.batches
    yield "vendors", tally.names.vendors
    if tally.question.scale in _WORDS:
        yield f"labels of {tally.question.question_id}", tally.names.labels.texts
    if rows <= MOST_NAMES:
        items = session.rows(f"select distinct item_id from {current_view(number)}")
        yield "items", [str(item) for (item,) in items]


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
    if not name.isascii():
        folded = unicodedata.normalize("NFKC", name).casefold().translate(_LOOK_ALIKES)
        name = "".join(
            " " if character.isspace() else character
            for character in folded
            if unicodedata.category(character) != "Cf"
        )
    return " ".join(name.casefold().translate(_GAPS).split())
