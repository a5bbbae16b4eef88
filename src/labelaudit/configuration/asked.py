"""Which columns hold answers: not ids, not texts, not what merely describes item or person."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from labelaudit.configuration.facts import are_codes, are_texts
from labelaudit.configuration.scales import MAX_DOMAIN, propose_scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.configuration.facts import Facts
    from labelaudit.configuration.roles import Roles
    from labelaudit.configuration.scales import Proposal
    from labelaudit.engine.profile import Profile

_RATED = re.compile(r"score|rating|relevance|quality|grade", re.IGNORECASE)
_NO_ANSWER = re.compile(
    r"(^|[^a-z])(id|ids|uuid|hash|index|idx|position|slide|page|time|timestamp|date|url|uri|link"
    r"|path|file|filename|ip|country|region|city|channel|session|language|locale|source|split"
    r"|version|status)([^a-z]|$)|id$|_at$",
    re.IGNORECASE,
)
_LEAST_FILLED = 0.5


def questions_of(facts: Facts, roles: Roles) -> tuple[Proposal, ...]:
    """Propose the questions of a delivery, the column named like a label first."""
    if roles.annotators:
        people = [facts.of(name) for name in roles.annotators]
        return (propose_scale("label", _together(people), None),)
    if "label" in roles.doubtful:
        return ()
    named = [facts.of(roles.found["label"])] if "label" in roles.found else []
    others = list(_others(facts, roles))
    single = len(named) == 1 and not others
    found = [
        propose_scale(profile.name, profile, None if single else profile.name)
        for profile in (*named, *others)
    ]
    beside = "beside the label: is it a question too? else delete it"
    sure = len(named) or len(found)
    doubted = [
        replace(question, doubt="; ".join(filter(None, (beside, question.doubt))))
        for question in found[sure:]
    ]
    return tuple(_with_gold(facts, roles, [*found[:sure], *doubted]))


def _others(facts: Facts, roles: Roles) -> Iterator[Profile]:
    if "question" in roles.found:
        return  # rows are long in questions: one column holds all answers
    taken = set(roles.found.values())
    for profile in facts.profiles:
        if profile.name not in taken and _could_answer(profile):
            owners = [roles.found.get("item"), roles.found.get("annotator")]
            if not any(owner and facts.describes(profile.name, owner) for owner in owners):
                yield profile


def _could_answer(profile: Profile) -> bool:
    """Say whether a column could hold answers, by what it holds and how it is called."""
    rated = profile.numbers == profile.filled and bool(_RATED.search(profile.name))
    return (
        profile.distinct >= 2
        and (profile.distinct <= MAX_DOMAIN or rated)
        and profile.filled >= _LEAST_FILLED * profile.rows
        and not profile.lists
        and not _NO_ANSWER.search(profile.name)
        and not are_codes(profile)
        and not are_texts(profile)
    )


def _with_gold(facts: Facts, roles: Roles, questions: Sequence[Proposal]) -> Iterator[Proposal]:
    """Allow gold labels that nobody gave, and give the gold to the question it fits."""
    gold = facts.of(roles.found["gold"]) if "gold" in roles.found else None
    fitting = [question for question in questions if gold and _fits(gold, question)]
    for question in questions:
        if gold and question in fitting[:1]:
            more = () if len(questions) > 1 else tuple(sorted({*gold.values} - {*question.labels}))
            labels = (*question.labels, *more) if question.labels else ()
            column = gold.name if len(questions) > 1 else None
            yield replace(question, labels=labels, gold=column)
        else:
            yield question


def _fits(gold: Profile, question: Proposal) -> bool:
    return bool({*gold.values} & {*question.labels}) or not question.labels


def _together(people: Sequence[Profile]) -> Profile:
    values = tuple(sorted({value for profile in people for value in profile.values}))
    return replace(
        people[0],
        name="label",
        rows=sum(profile.rows for profile in people),
        filled=sum(profile.filled for profile in people),
        distinct=max(len(values), *(profile.distinct for profile in people)),
        numbers=sum(profile.numbers for profile in people),
        lists=sum(profile.lists for profile in people),
        longest=max(profile.longest for profile in people),
        values=values,
    )
