"""Which columns hold answers: not ids, not texts, not what merely describes item or person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from labelaudit.configuration.columns import could_answer
from labelaudit.configuration.scales import propose_scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.configuration.facts import Facts
    from labelaudit.configuration.roles import Roles
    from labelaudit.configuration.scales import Proposal
    from labelaudit.engine.profile import Profile

_BY_VALUES = "known by values only: delete what was not asked"


def questions_of(facts: Facts, roles: Roles) -> tuple[Proposal, ...]:
    """Propose the questions of a delivery, the column named like a label first."""
    if roles.annotators:
        people = [facts.of(name) for name in roles.annotators]
        return (propose_scale("label", _together(people), None),)
    if "label" in roles.doubtful:
        return ()
    if {"question", "label"} <= {*roles.found}:
        return tuple(_in_rows(facts, roles))
    named = [facts.of(roles.found["label"])] if "label" in roles.found else []
    others = list(_others(facts, roles))
    single = len(named) == 1 and not others
    found = [
        propose_scale(profile.name, profile, None if single else profile.name)
        for profile in (*named, *others)
    ]
    doubted = [
        replace(question, doubt="; ".join(filter(None, (_BY_VALUES, question.doubt))))
        for question in found[len(named) :]
    ]
    return tuple(_with_gold(facts, roles, [*found[: len(named)], *doubted]))


def _others(facts: Facts, roles: Roles) -> Iterator[Profile]:
    taken = set(roles.found.values())
    for profile in facts.profiles:
        if profile.name not in taken and could_answer(profile):
            owners = [roles.found.get("item"), roles.found.get("annotator")]
            if not any(owner and facts.describes(profile.name, owner) for owner in owners):
                yield profile


def _in_rows(facts: Facts, roles: Roles) -> Iterator[Proposal]:
    """Propose the questions of rows that each answer one, and say which."""
    asked, gold = roles.found["question"], roles.found.get("gold")
    for name in facts.of(asked).values:
        proposed = propose_scale(name, facts.within(roles.found["label"], asked, name), None)
        known = facts.within(gold, asked, name).values if gold and proposed.labels else ()
        more = tuple(label for label in known if label not in proposed.labels)
        yield replace(proposed, labels=(*proposed.labels, *more))


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
