"""What the signals say of each person at one question, by the name outputs use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.medians import medians

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.behaviour import Signal
    from labelaudit.coefficients.patterns import FloatArray, IntArray
    from labelaudit.conduct.conduct import Conduct


class Told:
    """Looks up people by name; every number is None where it could not be read."""

    def __init__(self, conduct: Conduct) -> None:
        self._conduct = conduct
        self._code = {name: code for code, name in enumerate(conduct.people)}

    @cached_property
    def _signals(self) -> dict[str, Signal]:
        return {signal.name: signal for signal in self._every()}

    def _every(self) -> Iterator[Signal]:
        for families in (self._conduct.families, self._conduct.hints):
            for signals in families.values():
                yield from (signal for signal in signals if signal.reason != "told-elsewhere")

    def score(self, name: str, who: str) -> float | None:
        """Return the score of a signal."""
        return self._read(name, who, effect=False)

    def effect(self, name: str, who: str) -> float | None:
        """Return the effect of a signal."""
        return self._read(name, who, effect=True)

    def _read(self, name: str, who: str, *, effect: bool) -> float | None:
        signal, code = self._signals.get(name), self._code[who]
        if signal is None or not signal.testable[code]:
            return None
        return float(signal.effect[code] if effect else signal.score[code])

    def silent(self, who: str) -> tuple[str, ...]:
        """Return the names of the signals that could not be read of a person."""
        code = self._code[who]
        return tuple(name for name, signal in self._signals.items() if not signal.testable[code])

    def group(self, who: str) -> str | None:
        """Return the group that was declared for a person."""
        if self._conduct.groups is None:
            return None
        group, names = self._conduct.groups
        place = int(group[self._code[who]])
        return names[place] if place >= 0 else None

    def seconds(self, who: str) -> float | None:
        """Return the median time of a person's answers."""
        if self._medians is None:
            return None
        middle, count = self._medians
        code = self._code[who]
        return float(middle[code]) if count[code] else None

    @cached_property
    def _medians(self) -> tuple[FloatArray, IntArray] | None:
        work = self._conduct.work
        if work.duration is None:
            return None
        known = np.isfinite(work.duration)
        person = work.annotator[known]
        middle = medians(person, work.duration[known], work.n_annotators)
        return middle, np.bincount(person, minlength=work.n_annotators)
