"""What is delivered: the staff of two vendors and their fourteen batches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from labelaudit.samples import people
from labelaudit.samples.items import DRIFTED_MIX, MIX
from labelaudit.samples.people import Person, careful

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.samples.people import Behaviour

STAFF = {
    "northwind": tuple(f"w{number}" for number in range(101, 111)),
    "meridian": tuple(f"m{number}" for number in range(201, 211)),
}
STRANGE_LABELS = ("horse", "lizard")
"""Labels of another project, which this one does not allow."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch: which pictures, how many labels each, who works, and what goes wrong.

    `single_fraction` of the pictures get one label only, `strange_fraction` of the labels
    are replaced by labels outside the domain, `blank_fraction` of the qualities are empty.
    """

    batch_id: str
    vendor: str
    week: int
    numbers: tuple[int, ...]
    labels_each: int = 4
    mix: Mapping[str, float] = field(default_factory=lambda: MIX)
    guests: tuple[Person, ...] = ()
    habit: Behaviour = careful
    single_fraction: float = 0.0
    strange_fraction: float = 0.0
    blank_fraction: float = 0.0


def _block(thousand: int, count: int = 200) -> tuple[int, ...]:
    first = thousand * 1000 + 1
    return tuple(range(first, first + count))


_RANDOM = Person("w111", people.random_clicker, seconds=15.0, quota=75)
_CONSTANT = Person("w112", people.constant_clicker, seconds=15.0, quota=75)
_LEADER = Person("w113", people.middling, quota=170)
_FOLLOWER = Person("w114", people.copycat, quota=170, listens_to="w113")
_DEGRADER = Person("m211", people.degrader, quota=160)
_SPEEDER = Person("m212", people.speeder, seconds=4.0, quota=120)

BATCHES = (
    Batch("nw-01", "northwind", 0, _block(1)),
    Batch("nw-02", "northwind", 1, _block(2)),
    Batch("nw-03", "northwind", 2, _block(3), labels_each=5, guests=(_RANDOM,)),
    Batch("nw-04", "northwind", 3, _block(4), labels_each=5, guests=(_CONSTANT,)),
    Batch("nw-05", "northwind", 4, _block(5), labels_each=5, guests=(_LEADER, _FOLLOWER)),
    Batch("nw-06", "northwind", 5, _block(6, 120), labels_each=3, habit=people.cats_are_dogs),
    Batch("nw-07", "northwind", 6, _block(7, 40), labels_each=3, single_fraction=0.75),
    Batch("me-01", "meridian", 0, (*_block(1, 100), *_block(11, 100))),
    Batch("me-02", "meridian", 1, _block(12), labels_each=5, guests=(_DEGRADER,)),
    Batch("me-03", "meridian", 2, _block(13), labels_each=5, guests=(_SPEEDER,)),
    Batch("me-04", "meridian", 3, _block(14), mix=DRIFTED_MIX),
    Batch("me-05", "meridian", 4, _block(15, 100), habit=people.names_exchanged),
    Batch("me-06", "meridian", 5, _block(16), strange_fraction=0.005, blank_fraction=0.12),
    Batch("me-07", "meridian", 6, _block(17), strange_fraction=0.08),
)
CLEAN = ("nw-01", "nw-02", "me-01")
THIN = "nw-07"
