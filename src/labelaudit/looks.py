"""What a ledger says of earlier looks at a threshold. Knows no files.

A look is one evaluation of a threshold on data that were not seen before. Looks make a plan:
together they spend the consumer's risk once. A pass ends the plan, and so does a restart that
a person entered; data that come after begin the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from labelaudit.spending import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Key = tuple[str, str, str]
    """Batch, question and threshold."""

GATE = "gate"
RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Past:
    """A look that was taken: `number` in its plan, tenths of the risk it spent and left."""

    fingerprint: str
    number: int
    spent: int
    left: int
    outcome: str


class History:
    """The looks of a ledger, in its order."""

    def __init__(self, contents: Iterable[Mapping[str, object]] = ()) -> None:
        self._past: dict[Key, list[Past | None]] = {}
        for content in contents:
            if content.get("kind") == RESTART:
                self._restart(str(content["batch_id"]))
            for look in cast("Sequence[Mapping[str, object]]", content.get("looks", ())):
                self._past.setdefault(_key(look), []).append(_past(look))

    def _restart(self, batch: str) -> None:
        for key, looks in self._past.items():
            if key[0] == batch:
                looks.append(None)

    def seen(self, key: Key, fingerprint: str | None) -> Past | None:
        """Return the look that was taken at these very data."""
        looks = reversed(self._past.get(key, ()))
        return next((look for look in looks if look and look.fingerprint == fingerprint), None)

    def plan(self, key: Key) -> list[Past]:
        """Return the looks of the plan that has not ended."""
        looks: list[Past] = []
        for look in self._past.get(key, ()):
            if look is None or look.outcome == "pass":
                looks = []
            else:
                looks.append(look)
        return looks


def _key(look: Mapping[str, object]) -> Key:
    return str(look["batch_id"]), str(look["question_id"]), str(look["threshold"])


def _past(look: Mapping[str, object]) -> Past:
    spent, left = (
        round(cast("float", look[name]) * ALL) for name in ("risk_fraction", "risk_left_fraction")
    )
    number = cast("int", look["look"])
    return Past(str(look["fingerprint"]), number, spent, left, str(look["outcome"]))
