"""Two annotators give the same answers, above all the same unlikely ones.

Looks for
---------
Pairs who agree beyond what both tend to answer, on answers the others speak against most of
all. Agreement on right answers is no sign: honest people share it. Only units count that
somebody else answered too. A pair is held against all pairs with 25 of them; the rule is its
own and has its own cut-off. Where pairs hang together (three people or more), that is one
warning: a group with a reading of its own looks so.

Why it matters
--------------
Copied labels count as independent ones: agreement looks better than the labels are. No score
of a single person finds it, because a copyist looks better than honest people.

Example
-------
`w113 and w114 gave the same answer on 163 of 170 shared units (146.0 expected), on 11 of them
one the others speak against (0.6 expected): one may follow the other, or both the same source`

What to do
----------
Open the items named: both wrong in the same way. Either may have followed the other; a shared
mistake in training and a misleading item look the same. Where the two never work at the same
time, one person may have two ids; partners on shifts look the same.

Policy keys
-----------
None. `unknown` ("not testable: too little overlap") below 25 such units, and where 20 pairs or
fewer have them.

References
----------
KhudaBukhsh, Carbonell & Jansen (2014), Detecting non-adversarial collusion in crowdsourcing,
HCOMP, doi 10.1609/hcomp.v2i1.13157.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from labelaudit.behaviour import complementary_sessions, shared_errors
from labelaudit.checks.evidence import many
from labelaudit.checks.people import SHOWN, about, comparable, incomparable, unknown
from labelaudit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.behaviour import Complement, Pair, Pairs
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Scalar

NAME = "annotators-copying"
KEYS: Mapping[str, float] = {}
_APART = 0.01  # p of as few overlapping sessions: the two keep out of each other's way


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per pair who answer alike, or that too few units are shared."""
    yield from incomparable(NAME, evidence, agreement=False)
    for conduct in comparable(evidence, agreement=False):
        pairs = conduct.pairs
        if pairs is None:
            problem = (conduct.dawid_skene.undefined or "no consensus").replace("-", " ")
            yield unknown(NAME, conduct, problem, "units with several labels by linked people")
            continue
        yield from _not_testable(conduct, pairs)
        found = pairs.found() if pairs.undefined is None else ()
        for camp in _camps(found):
            yield _pair(conduct, camp[0]) if len(camp) == 1 else _several(conduct, camp)


def _camps(found: Sequence[Pair]) -> list[list[Pair]]:
    """Return the pairs that hang together by a person, the highest scores first."""
    camps: list[list[Pair]] = []
    for pair in found:
        near = [camp for camp in camps if _people(camp) & {pair.first, pair.second}]
        apart = [camp for camp in camps if camp not in near]
        camps = [*apart, [*(known for camp in near for known in camp), pair]]
    return camps


def _people(camp: Sequence[Pair]) -> set[int]:
    return {code for pair in camp for code in (pair.first, pair.second)}


def _several(conduct: Conduct, camp: Sequence[Pair]) -> Finding:
    """Return that more than two people answer alike: a reading of their own does that too."""
    people = sorted(_people(camp))
    strongest = max(camp, key=lambda pair: pair.score)
    errors = _errors(conduct, strongest)
    return Finding(
        check=NAME,
        outcome="warning",
        severity="medium",
        message=f"{len(people):,} people answer alike beyond what they tend to answer, and against"
        f" the others ({len(camp):,} pairs): a reading of their own, one source, or several ids",
        question_id=conduct.question.question_id,
        evidence={
            "people": len(people),
            "pairs": len(camp),
            "annotators": [conduct.people[code] for code in people],
            "items": errors,
        },
    )


def _errors(conduct: Conduct, pair: Pair) -> list[Scalar]:
    """Return the first items on which both gave one answer that the others speak against."""
    assert conduct.profiles is not None, "pairs were tested"
    units = shared_errors(conduct.work, conduct.profiles, pair.first, pair.second)
    return [conduct.records.item_id(unit) for unit in units[:SHOWN].tolist()]


def _not_testable(conduct: Conduct, pairs: Pairs) -> Iterator[Finding]:
    looked_at = pairs.looked_at(len(conduct.people))
    if pairs.undefined is not None:
        yield unknown(NAME, conduct, pairs.undefined.replace("-", " "), pairs.needs)
    elif not looked_at.all():
        yield from _left_out(conduct, pairs, int((~looked_at).sum()), len(looked_at))


def _left_out(conduct: Conduct, pairs: Pairs, people: int, everybody: int) -> Iterator[Finding]:
    whom = f"{people:,} of {many(everybody, 'annotator')}"
    found = unknown(NAME, conduct, f"too little overlap for {whom}", pairs.needs)
    left_out = {"people_left_out": people, "people": everybody}
    yield replace(found, evidence={**found.evidence, **left_out})


def _pair(conduct: Conduct, pair: Pair) -> Finding:
    sessions = complementary_sessions(conduct.work, pair.first, pair.second)
    first, second = conduct.people[pair.first], conduct.people[pair.second]
    return about(
        NAME,
        conduct,
        pair.first,
        f"{first} and {second} gave the same answer on {pair.same:,} of {pair.shared:,} shared"
        f" units ({pair.same_expected:.1f} expected), on {pair.same_wrong:,} of them one the others"
        f" speak against ({pair.same_wrong_expected:.1f} expected): {_cause(sessions)}",
        {
            "other_annotator": second,
            "shared_units": pair.shared,
            "same": pair.same,
            "same_expected": pair.same_expected,
            "same_against_others": pair.same_wrong,
            "same_against_others_expected": pair.same_wrong_expected,
            "score": pair.score,
            "sessions": list(sessions.sessions),
            "sessions_overlapping": sessions.overlapping if sessions.p is not None else None,
            "sessions_expected": sessions.expected if sessions.p is not None else None,
            "items": _errors(conduct, pair),
        },
    )


def _cause(sessions: Complement) -> str:
    usual = "one may follow the other, or both the same source"
    if sessions.p is None or sessions.p > _APART:
        return usual
    return f"{usual}, or one person with two ids, as they do not work at the same time"
