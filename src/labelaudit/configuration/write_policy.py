"""The limits of a proposed `labelaudit.toml`: explicit numbers, each with its comment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.starting.start import Start, Starting

_WIDTH = 28


def policy_for(starting: Starting, *, has_gold: bool) -> str:
    """Return the tables [policy], [policy.gold], [gate] and [checks] of a starting policy.

    Without gold its floor is left as a comment, unless the policy is of no use without.
    """
    start = starting.START
    holds_gold = start.gold is not None and (has_gold or start.gold_is_needed)
    gold = "".join(f"{line}\n" for line in _gold(start))
    if not holds_gold:
        gold = "".join(f"# {line}\n" for line in gold.splitlines())
    elif not has_gold:
        gold = "# OPEN: this policy needs gold: name its column under [columns]\n" + gold
    head = f"# Starting policy {starting.NAME}: labelaudit explain {starting.NAME} says why.\n"
    tables = [head + _lines(_policy(start, holds_gold=holds_gold)), gold, _lines(_gate(start))]
    tables += [f"[checks.{name}]\n{key}\n" for name, key in start.checks]
    return "\n".join(tables)


def _policy(start: Start, *, holds_gold: bool) -> Iterator[tuple[str, str]]:
    yield "[policy]", ""
    if start.agreement:
        floor, target = start.agreement
        yield 'coefficient = "krippendorff-alpha"', ""
        yield f"min_agreement = {floor:g}", "floor: what must not be accepted"
        yield f"target_agreement = {target:g}", "what a good vendor delivers"
    yield f'on_inconclusive = "{start.on_inconclusive}"', "review | reject | accept"
    yield 'on_unknown = "review"', "a required check could not look: review | reject"
    yield f"max_rejected_fraction = {start.max_rejected_fraction:g}", "of a batch's rows"
    required = ["low-agreement"] * bool(start.agreement) + ["low-gold-accuracy"] * holds_gold
    yield f"required_checks = {json.dumps(required)}", "silence is no pass"


def _gold(start: Start) -> Iterator[str]:
    if start.gold:
        floor, target = start.gold
        yield "[policy.gold]"
        yield _noted(f"min_accuracy = {floor:g}", "floor")
        yield _noted(f"target_accuracy = {target:g}", "what a good vendor delivers")


def _gate(start: Start) -> Iterator[tuple[str, str]]:
    yield "[gate]", ""
    yield f"consumer_risk = {start.consumer_risk:g}", "how often a batch at the floor may pass"
    yield f"producer_risk = {start.producer_risk:g}", "how often one at the target may not"


def _lines(lines: Iterator[tuple[str, str]]) -> str:
    return "".join(f"{_noted(line, note)}\n" for line, note in lines)


def _noted(line: str, note: str) -> str:
    return f"{line:{_WIDTH}} # {note}" if note else line
