"""The tables of `labelaudit.toml` that set limits: [policy], [gate] and [checks]."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from labelaudit.checks import CHECKS
from labelaudit.coefficients import COEFFICIENTS
from labelaudit.configuration.tables import Table
from labelaudit.settings import LIMIT_NAMES, Limits, OnInconclusive, Policy

if TYPE_CHECKING:
    from labelaudit.model import Scalar


def parse_policy(root: Table) -> Policy:
    """Return the policy that a configuration says."""
    table, gate = root.table("policy"), root.table("gate")
    own = {"max_rejected_fraction", "required_checks", "questions", "vendors", "gold"}
    table.known({*_LIMIT_KEYS, *own})
    gate.known({"consumer_risk", "producer_risk"})
    limits = Limits(**_limits(table))  # type: ignore[arg-type]
    given = {
        "max_rejected_fraction": table.fraction("max_rejected_fraction"),
        "consumer_risk": gate.fraction("consumer_risk"),
        "producer_risk": gate.fraction("producer_risk"),
    }
    checks = _checks(root)
    policy = Policy(
        limits=limits,
        questions=_overrides(table, "questions"),
        vendors=_overrides(table, "vendors"),
        checks=checks,
    )
    if "required_checks" in table.values:
        policy = replace(policy, required_checks=_required(table))
    return replace(policy, **{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]


_LIMIT_KEYS = tuple(name for name in LIMIT_NAMES if not name.endswith("accuracy"))


def _limits(table: Table) -> dict[str, Scalar]:
    gold = table.table("gold").known({"min_accuracy", "target_accuracy"})
    found: dict[str, Scalar] = {
        "coefficient": table.choice("coefficient", tuple(COEFFICIENTS)),
        "min_agreement": table.fraction("min_agreement"),
        "target_agreement": table.fraction("target_agreement"),
        "min_accuracy": gold.fraction("min_accuracy"),
        "target_accuracy": gold.fraction("target_accuracy"),
        "on_inconclusive": table.choice("on_inconclusive", get_args(OnInconclusive)),
    }
    for name, of in (("agreement", table), ("accuracy", gold)):
        floor, target = found[f"min_{name}"], found[f"target_{name}"]
        if isinstance(floor, float) and isinstance(target, float) and floor >= target:
            raise of.error(
                f"min_{name} = {floor:g} is not below target_{name} = {target:g}",
                "the floor is what you must not accept, the target what a good vendor delivers",
            )
    return {key: value for key, value in found.items() if value is not None}


def _overrides(table: Table, key: str) -> dict[str, dict[str, Scalar]]:
    return {
        name: _limits(inner.known({*_LIMIT_KEYS, "gold"}))
        for name, inner in table.tables(key).items()
    }


def _required(table: Table) -> tuple[str, ...]:
    names = tuple(check.NAME for check in CHECKS)
    required = table.texts("required_checks")
    for name in required:
        Table(table.file, "policy] required_checks [", {name: None}).known(names)
    return required


def _checks(root: Table) -> dict[str, dict[str, Scalar]]:
    keys = {check.NAME: check.KEYS for check in CHECKS}
    root.table("checks").known(keys)
    found: dict[str, dict[str, Scalar]] = {}
    for name, table in root.tables("checks").items():
        table.known(keys[name])
        found[name] = {
            key: table.fraction(key) if key.endswith("_fraction") else table.number(key)
            for key in table.values
        }
    return found
