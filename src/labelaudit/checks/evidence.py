"""What a check may look at, and how it words what it saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.annotations import Annotations
    from labelaudit.conduct import Conduct
    from labelaudit.drifting import Course
    from labelaudit.measure import Measures
    from labelaudit.model import Finding, Scale, Threshold
    from labelaudit.settings import Policy

COMPARED_EXACTLY: tuple[Scale, ...] = ("nominal", "ordinal", "preference", "set")
"""Scales on which "gave the same label" says much; on others near answers count as different."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of a delivery when checks look at it.

    `conducts` hold, by question, what people did row by row, `courses` how its batches follow
    each other and what each is compared with: computed when a check asks.
    """

    annotations: Annotations
    measures: Measures
    policy: Policy
    thresholds: Mapping[str, tuple[Threshold, ...]]
    conducts: Mapping[str, Conduct]
    courses: Mapping[str, Course]


class Check(Protocol):
    """A module on the shelf: its docstring is its page, `KEYS` its policy keys and defaults."""

    NAME: str
    KEYS: Mapping[str, float]
    __doc__: str | None

    def look(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield what was seen, or that it could not be looked at."""
        ...


def percent(fraction: float) -> str:
    """Write a fraction for people: 0.0123 -> 1.2%."""
    return f"{fraction:.1%}" if fraction >= 0.001 or fraction == 0 else f"{fraction:.2%}"


def many(count: int, thing: str) -> str:
    """Write a count with its noun: 1 row, 2 rows."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"
