"""A configuration proposed from a delivery: what is known, what is guessed, what is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from labelaudit.configuration.asked import questions_of
from labelaudit.configuration.draft import Draft
from labelaudit.configuration.roles import roles_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.configuration.facts import Facts
    from labelaudit.configuration.roles import Roles
    from labelaudit.configuration.scales import Proposal


def propose(facts: Facts, chosen: Mapping[str, str | None] | None = None) -> Draft:
    """Propose columns, questions, scales and domains from what the columns hold.

    `chosen` are roles that a person settled: their column, or None for no column.
    """
    roles = _settled(roles_of(facts), chosen or {})
    questions = questions_of(facts, roles)
    found, open_ = dict(roles.found), dict(roles.open)
    if any(question.column for question in questions):
        found.pop("label", None)
        open_.pop("label", None)  # the columns of the questions hold the labels
    if any(question.gold for question in questions):
        del found["gold"]
    elif "gold" in found and len(questions) > 1 and "question" not in found:
        open_["gold"] = f"{found.pop('gold')}: fits no question; put it under the one it is for"
    used = {*found.values(), *roles.annotators, *roles.unread.values()}
    used |= {name for question in questions for name in (question.column, question.gold) if name}
    return Draft(
        roles=found,
        open=open_,
        unread=roles.unread,
        required=tuple(role for role in roles.required if role in open_),
        annotators=roles.annotators,
        questions=questions,
        unused=tuple(profile.name for profile in facts.profiles if profile.name not in used),
        repeated=_repeated(facts, roles, questions),
    )


def _settled(roles: Roles, chosen: Mapping[str, str | None]) -> Roles:
    """Return the parts of columns as a person settled them."""
    named = {role: name for role, name in chosen.items() if name is not None}
    found = {role: name for role, name in roles.found.items() if role not in chosen}
    return replace(
        roles,
        found={**found, **named},
        open={role: why for role, why in roles.open.items() if role not in named},
        unread={role: name for role, name in roles.unread.items() if role not in chosen},
        doubtful=tuple(role for role in roles.doubtful if role not in named),
        annotators=() if "annotator" in named else roles.annotators,
    )


def _repeated(facts: Facts, roles: Roles, questions: tuple[Proposal, ...]) -> int:
    """Count how often the same annotator is on the same item again."""
    owners = [roles.found.get("item"), roles.found.get("annotator")]
    if not all(owners) or not questions:
        return 0
    beside = [roles.found.get("question"), roles.found.get("attempt")]
    return facts.repeats([name for name in (*owners, *beside) if name])
