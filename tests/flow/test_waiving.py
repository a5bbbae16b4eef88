"""Which reasons of a batch a waiver covers, and what a gate makes of that."""

from __future__ import annotations

from datetime import date

import pytest

from labelaudit.gate import decide_run
from labelaudit.waiving import Waiver, Waivers, in_force, waived

DAY = date(2026, 11, 22)
HELD = {"name": "min_agreement", "question_id": "q", "limit": 0.667, "estimate": 0.5,
        "outcome": "fail", "bound": 0.6, "side": "upper", "level": 0.95, "needs": None}  # fmt: skip


def waiver(check="low-agreement", scope="*", expires=date(2026, 12, 31)):
    return Waiver(check, scope, "guideline v3, relabel ordered", "data-quality", expires)


def audit(*batches, has_thresholds=True):
    records = [
        {"batch_id": name, "vendors": vendors, "verdict": verdict, "reasons": reasons,
         "thresholds": [HELD]}
        for name, vendors, verdict, reasons in batches
    ]  # fmt: skip
    return {"batches": records, "summary": {"has_thresholds": has_thresholds}}


BAD = ("b2", ["north"], "reject", ["low-agreement"])
TWICE = ("b2", ["north"], "reject", ["low-agreement", "label-drift"])


@pytest.mark.parametrize(
    ("scope", "covers"),
    [("b2", True), ("b*", True), ("north", True), ("n*", True), ("north/b?", True), ("*", True),
     ("b1", False), ("south", False), ("south/*", False), ("NORTH", False), ("", False)],
)  # fmt: skip
def test_a_scope_is_a_glob_of_batches_or_vendors(scope, covers):
    assert waiver(scope=scope).covers("b2", ["north"]) == covers


def test_a_vendor_is_not_waived_by_another_one_in_the_batch():
    assert not waiver(scope="north").covers("b2", ["north", "south"])
    assert waiver(scope="*/b2").covers("b2", ["north", "south"])


def test_a_batch_whose_name_holds_brackets_is_named_as_it_stands():
    assert waiver(scope="b[2]").covers("b[2]", [])


def test_a_batch_that_only_waived_reasons_speak_against_passes():
    outcome = decide_run(audit(BAD), Waivers((waiver(),)))
    assert (outcome.exit_code, outcome.let_through) == (0, ("b2",))
    assert outcome.reason == "every batch is accepted, 1 of them only by a waiver: b2"


def test_one_reason_that_is_not_waived_keeps_the_verdict():
    outcome = decide_run(audit(TWICE), Waivers((waiver(),)))
    assert (outcome.exit_code, outcome.let_through, len(outcome.waived)) == (1, (), 1)
    both = Waivers((waiver(), waiver("label-drift")))
    assert decide_run(audit(TWICE), both).exit_code == 0


def test_an_expired_waiver_waives_nothing():
    assert decide_run(audit(BAD), in_force([waiver()], [], date(2026, 12, 31))).exit_code == 0
    assert decide_run(audit(BAD), in_force([waiver()], [], date(2027, 1, 1))).exit_code == 1


def test_a_gate_without_limits_is_not_opened():
    silent = ("b1", [], "review", ["no-threshold"])
    every = Waivers((waiver("no-threshold"),))
    assert decide_run(audit(silent, has_thresholds=False), every).exit_code == 3
    assert waived("b1", [], ["no-threshold"], every) == ()


def test_a_batch_without_a_reason_is_not_let_through():
    assert decide_run(audit(("b1", [], "review", [])), Waivers((waiver(),))).exit_code == 3


def test_others_are_judged_as_before():
    undecided = ("b3", ["north"], "review", ["low-gold-accuracy"])
    outcome = decide_run(audit(BAD, undecided), Waivers((waiver(),)))
    assert (outcome.exit_code, outcome.undecided, outcome.let_through) == (3, ("b3",), ("b2",))
