"""The tables of `labelaudit.toml` that set limits: [policy], [gate] and [checks]."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from labelaudit.checks import CHECKS
from labelaudit.coefficients import COEFFICIENTS
from labelaudit.concluding import CHECK_OF
from labelaudit.configuration.keys import (
    GATE,
    GATE_FILES,
    GOLD,
    POLICY,
    SEVERITY,
    check_keys,
    limit_keys,
)
from labelaudit.configuration.tables import Table, nearest
from labelaudit.settings import Limits, Policy
from labelaudit.spending import MOST_LOOKS
from labelaudit.verdict import DECIDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.model import Scalar

    Changes = dict[str, Scalar]

LIMITS = limit_keys(tuple(COEFFICIENTS))
CHECK_KEYS = {
    check.NAME: {**check_keys(check.KEYS), **(SEVERITY if check.NAME not in DECIDED else {})}
    for check in CHECKS
}


def parse_policy(root: Table, questions: tuple[str, ...]) -> Policy:
    """Return the policy that a configuration says; `questions` are all that it may name."""
    table = root.table("policy")
    table.known([*LIMITS, *POLICY, "gold", "questions", "vendors"])
    own = table.read(POLICY, beside=[*LIMITS, "gold", "questions", "vendors"])
    if questions:
        table.table("questions").known(questions)
    asked = table.tables("questions")
    policy = Policy(
        limits=Limits(**_limits(table)),  # type: ignore[arg-type]
        questions={name: _limits(inner) for name, inner in asked.items()},
        vendors={name: _limits(inner) for name, inner in table.tables("vendors").items()},
        checks=_checks(root),
        **{**own, **_risks(root.table("gate"))},  # type: ignore[arg-type]
    )
    _hold_together(table, policy)
    _can_be_required(table, policy)
    return policy


def _limits(table: Table) -> Changes:
    beside = [*POLICY, "questions", "vendors"] if table.name == "policy" else []
    given = table.read(LIMITS, beside=["gold", *beside])
    return cast("Changes", {**given, **table.table("gold").read(GOLD)})


def _risks(table: Table) -> dict[str, object]:
    given = table.read(GATE, beside=GATE_FILES)
    for name in ("consumer_risk", "producer_risk"):
        risk = cast("float", given.get(name, 0.05))
        if not 0 < risk < 0.5:
            raise table.error(f"{name} = {risk} decides nothing", "expected above 0, below 0.5")
    looks = given.get("max_looks", MOST_LOOKS)
    if looks not in range(1, MOST_LOOKS + 1):
        raise table.error(f"max_looks = {looks}", f"expected 1 to {MOST_LOOKS}")
    return given


def _hold_together(table: Table, policy: Policy) -> None:
    """Refuse a floor that is not below the target it meets, in any question and vendor."""
    for where, limits in _all_limits(policy):
        for of, gold in (("agreement", ""), ("accuracy", ".gold")):
            floor, target = getattr(limits, f"min_{of}"), getattr(limits, f"target_{of}")
            if floor is not None and target is not None and floor >= target:
                raise Table(table.file, f"{where}{gold}", {}).error(
                    f"min_{of} = {floor:g} is not below target_{of} = {target:g}",
                    "the floor is what you must not accept, the target what a good vendor"
                    " delivers; who overrides one keeps the other, unless it is set too",
                )


def _all_limits(policy: Policy) -> Iterator[tuple[str, Limits]]:
    """Yield every set of limits that a batch may meet, and the table it comes from."""
    base = [policy.limits]
    yield "policy", policy.limits
    for name, changes in policy.questions.items():
        base.append(replace(policy.limits, **changes))  # type: ignore[arg-type]
        yield f"policy.questions.{name}", base[-1]
    for name, changes in policy.vendors.items():
        for limits in base:
            yield f"policy.vendors.{name}", replace(limits, **changes)  # type: ignore[arg-type]


def _can_be_required(table: Table, policy: Policy) -> None:
    """Refuse a required check that does not exist, or that no floor gives anything to do."""
    names = [check.NAME for check in CHECKS]
    floors = {name: floor for floor, name in CHECK_OF.items()}
    for name in policy.required_checks if "required_checks" in table.values else ():
        if name not in names:
            raise table.error(f"required_checks: no check is called {name!r}", nearest(name, names))
        if name in floors and not _sets(policy, floors[name]):
            raise table.error(
                f"required_checks: {name!r} has no floor to look at", f"set {floors[name]}"
            )


def _sets(policy: Policy, floor: str) -> bool:
    own = getattr(policy.limits, floor) is not None
    return own or any(floor in changes for changes in policy.overrides)


def _checks(root: Table) -> dict[str, dict[str, Scalar]]:
    root.table("checks").known(CHECK_KEYS)
    return {
        name: cast("Changes", table.read(CHECK_KEYS[name]))
        for name, table in root.tables("checks").items()
    }
