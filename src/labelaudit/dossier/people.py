"""Annotators of a run: who has enough answers to be shown, and what was seen of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.reports.people import MIN_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from labelaudit.annotators import Annotator
    from labelaudit.review import PersonFlag
    from labelaudit.review.persons import PersonState

__all__ = ["MIN_UNITS", "Shown", "about", "items_of", "shown", "states_of", "vendors_of"]

MOST_ITEMS = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """Annotators to show, flagged and lowest first; `hidden` more have too few answers."""

    people: tuple[Annotator, ...]
    hidden: int


def shown(people: Iterable[Annotator], *, everybody: bool = False) -> Shown:
    """Leave out who has fewer than 20 answers on gold and on shared units: that is chance."""
    ranked = sorted(people, key=_lowest)
    kept = tuple(one for one in ranked if everybody or _is_known(one))
    return Shown(kept, len(ranked) - len(kept))


def vendors_of(staff: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the vendors of each annotator."""
    found: dict[str, tuple[str, ...]] = {}
    for vendor, people in staff.items():
        for name in people:
            found[name] = (*found.get(name, ()), vendor)
    return found


def about(flags: Iterable[PersonFlag], name: str) -> tuple[PersonFlag, ...]:
    """Return what was seen of one annotator, also together with another."""
    return tuple(flag for flag in flags if name in _people_of(flag))


def states_of(flags: Iterable[PersonFlag]) -> Mapping[str, Mapping[PersonState, int]]:
    """Return how many flags on each annotator are in which state."""
    found: dict[str, Counter[PersonState]] = {}
    for flag in flags:
        for name in _people_of(flag):
            found.setdefault(name, Counter())[flag.state] += 1
    return found


def items_of(flag: PersonFlag, most: int = MOST_ITEMS) -> tuple[str, ...]:
    """Return the items that a flag names as its evidence, the first to open first."""
    items = flag.evidence.get("items")
    return tuple(str(item) for item in items[:most]) if isinstance(items, list) else ()


def _people_of(flag: PersonFlag) -> tuple[str, ...]:
    other = flag.evidence.get("other_annotator")
    return (flag.annotator_id, other) if isinstance(other, str) else (flag.annotator_id,)


def _is_known(one: Annotator) -> bool:
    return one.gold_answers >= MIN_UNITS or one.peer_units >= MIN_UNITS


def _lowest(one: Annotator) -> tuple[bool, float, str]:
    """Order by flags, then by how low the upper end of a rate is."""
    ends = [end for end in (one.gold_high, one.peer_high) if end is not None]
    return not one.flagged_by, min(ends, default=2.0), one.annotator_id
