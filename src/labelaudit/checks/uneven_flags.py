"""The audit's own flags fall on one group of annotators.

Looks for
---------
Groups (the column named as `group`) whose people are flagged more often than all others', by
more than chance (Fisher's exact test). Flags are those that stand, with people compared within
their group, and those that comparing everybody with everybody would give. Groups below five
people are not looked at: a rate would point at single people.

Why it matters
--------------
A group with a view or a norm of its own disagrees with the majority and is not wrong. If
flags follow a group, the audit is at fault until somebody has looked.

Example
-------
`the flags of this audit fall on group "south": 6 of 10 flagged (60% [26%, 88%]), elsewhere 2%;
hold them until somebody has looked`

What to do
----------
Take no decision about these people from the flags. Compare agreement within the group and
overall (in the evidence), and ask whether the question is `subjective`.

Policy keys
-----------
None. Looked at where `[columns] group` is declared; `unknown` with fewer than two groups of five
people who could be compared. A breach of high severity where the standing flags are uneven, a
warning where only those of comparing everybody are.

References
----------
Fisher (1935), The logic of inductive inference, JRSS 98(1), 39-82; Fleisig, Abebe & Klein
(2023), When the majority is wrong, EMNLP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit.behaviour import flag_parity
from labelaudit.checks.people import unknown
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.behaviour import GroupRate
    from labelaudit.behaviour.work import BoolArray
    from labelaudit.checks.evidence import Evidence
    from labelaudit.coefficients import IntArray
    from labelaudit.conduct import Conduct
    from labelaudit.model import Scalar

    Lists = dict[str, Scalar | list[Scalar]]

NAME = "uneven-flags"
KEYS: Mapping[str, float] = {}


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per group that flags fall on, or that groups are too small to tell."""
    for conduct in evidence.conducts.values():
        if conduct.groups is not None:
            yield from _look(conduct, *conduct.groups)


def _look(conduct: Conduct, group: IntArray, names: tuple[str, ...]) -> Iterator[Finding]:
    habits = conduct.habits.flagged
    tested = conduct.suite.testable.any(axis=1) | conduct.habits.testable.any(axis=1)
    known = np.where(tested, group, -1)
    standing = flag_parity(known, conduct.suite.flagged | habits)
    pooled = flag_parity(known, conduct.pooled.flagged | habits)
    if sum(rate.undefined is None for rate in standing) < 2:
        needs = "two groups of five people or more who can be compared"
        yield unknown(NAME, conduct, "too few people in the groups", needs)
        return
    beside = _beside(conduct, known, names, standing, pooled)
    for stands, would in zip(standing, pooled, strict=True):
        if stands.uneven:
            yield _finding(conduct, names, stands, beside, standing=True)
        elif would.uneven:
            yield _finding(conduct, names, would, beside, standing=False)


def _finding(
    conduct: Conduct, names: tuple[str, ...], rate: GroupRate, beside: Lists, *, standing: bool
) -> Finding:
    known = (rate.rate or 0.0, rate.low or 0.0, rate.high or 0.0, rate.rest or 0.0)
    share, low, high, rest = (f"{number:.0%}" for number in known)
    counted = (
        f'group "{names[rate.group]}": {rate.flagged:,} of {rate.people:,} flagged ({share}'
        f" [{low}, {high}]), elsewhere {rest}"
    )
    message = (
        f"the flags of this audit fall on {counted}; hold them until somebody has looked"
        if standing
        else f"compared with everybody, flags would fall on {counted}; within groups they do not"
    )
    return Finding(
        check=NAME,
        outcome="breach" if standing else "warning",
        severity="high" if standing else "medium",
        message=message,
        question_id=conduct.question.question_id,
        evidence={"group": names[rate.group], "p": rate.p, **beside},
    )


def _beside(
    conduct: Conduct,
    group: IntArray,
    names: tuple[str, ...],
    standing: Sequence[GroupRate],
    pooled: Sequence[GroupRate],
) -> Lists:
    """Return flags and agreement of every group, side by side."""
    compared = [(rate, would) for rate, would in zip(standing, pooled, strict=True)]
    told = [(rate, would) for rate, would in compared if rate.undefined is None]
    members = [group == rate.group for rate, _ in told]
    return {
        "groups": [names[rate.group] for rate, _ in told],
        "people": [rate.people for rate, _ in told],
        "flagged": [rate.flagged for rate, _ in told],
        "flag_rate": [rate.rate for rate, _ in told],
        "flag_rate_low": [rate.low for rate, _ in told],
        "flag_rate_high": [rate.high for rate, _ in told],
        "flagged_if_pooled": [would.flagged for _, would in told],
        "agreement_within": _agreement(conduct, members, within=True),
        "agreement_with_all": _agreement(conduct, members, within=False),
    }


def _agreement(conduct: Conduct, members: Sequence[BoolArray], *, within: bool) -> list[Scalar]:
    """Return the mean share of peers with the same answer, by group; None where there are none."""
    seen = conduct.scored_seen if within else conduct.seen
    work = conduct.scored if within else conduct.work
    met = seen.count > 0
    share = np.divide(seen.same, seen.count, out=np.zeros(len(work)), where=met)
    rows = [met & member[work.annotator] for member in members]
    return [float(share[row].mean()) if row.any() else None for row in rows]
