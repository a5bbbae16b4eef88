"""Findings by what they point to: seen, could not be looked at, and what each check means."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.checks import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from labelaudit.model import BatchVerdict, Finding

_HEADING = re.compile(r"^(.+)\n-{3,}$", re.MULTILINE)
_RANKS = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Cause:
    """What one check saw: `findings` are breaches and warnings, the gravest first."""

    check: str
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> str:
        """The gravest of them."""
        return self.findings[0].severity

    @property
    def is_breach(self) -> bool:
        """Whether any of them is more than a warning."""
        return any(found.outcome == "breach" for found in self.findings)


def causes(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """Return what was seen, check by check, breaches and the gravest first."""
    seen: dict[str, list[Finding]] = {}
    for found in sorted(findings, key=_rank):
        if found.outcome != "unknown":
            seen.setdefault(found.check, []).append(found)
    return tuple(Cause(check, tuple(found)) for check, found in seen.items())


def not_looked_at(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what checks could not look at: silence of these is no pass."""
    return tuple(found for found in findings if found.outcome == "unknown")


def because(verdict: BatchVerdict, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the reasons of a verdict in words: the gravest finding of each, else its code."""
    said: dict[str, str] = {}
    for found in sorted(findings, key=_rank):
        where = f" ({found.question_id})" if found.question_id else ""
        said.setdefault(found.check, f"{found.message}{where}")
    return tuple(said.get(reason, reason.replace("-", " ")) for reason in verdict.reasons)


def first_line(check: str) -> str:
    """Return what a check looks for, in a sentence; empty for one that is not ours."""
    return explained(check).partition("\n")[0]


def explained(check: str) -> str:
    """Return the page of a check as markdown; empty for one that is not ours."""
    page = next((one.__doc__ for one in CHECKS if check == one.NAME), None)
    return _HEADING.sub(r"**\1**\n", inspect.cleandoc(page)) if page else ""


def _rank(found: Finding) -> tuple[bool, int]:
    return found.outcome != "breach", _RANKS[found.severity]
