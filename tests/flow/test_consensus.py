"""Consensus as an audit states it: each method beside majority, and against gold."""

from __future__ import annotations

import pytest

from deliveries import CONFIG, GOLD, GOLD_COLUMN, VENDOR, answers, with_columns

NUMBERS = CONFIG.replace('"nominal"\nlabels = ["cat", "dog"]', '"interval"')
BOTH = with_columns(VENDOR)


def methods(audit):
    return {line.method: line for line in audit.consensus}


def test_every_method_is_stated_beside_majority(audit_of):
    found = methods(audit_of(answers(people=4, differ=5)))
    assert list(found) == ["majority", "dawid-skene", "one-coin", "mace"]
    assert found["majority"].differing == 0
    assert {line.units for line in found.values()} == {60}


def test_ties_are_counted_and_never_broken(audit_of):
    found = methods(audit_of(answers(people=2, differ=5)))
    assert found["majority"].tied == 5
    assert found["mace"].differing == 5


def test_each_method_is_held_against_gold(audit_of):
    found = methods(audit_of(answers(people=2, differ=6), with_columns(GOLD_COLUMN) + GOLD))
    assert found["majority"].gold_accuracy == pytest.approx(57 / 60)  # six ties, half each
    assert found["majority"].gold_low < 57 / 60 < found["majority"].gold_high
    assert found["majority"].gold_units == 60


@pytest.mark.parametrize(
    ("rows", "config", "reason"),
    [
        (answers(people=1), CONFIG, "no-overlap"),
        ([{**row, "label": "1.5"} for row in answers()], NUMBERS, "scale-not-supported"),
    ],
)
def test_no_consensus_has_its_reason(audit_of, rows, config, reason):
    assert {line.undefined for line in audit_of(rows, config).consensus} == {reason}


def test_two_vendors_are_compared_on_the_items_they_share(audit_of):
    rows = answers(units=100, people=3, differ=3)
    rows += answers(units=60, people=3, differ=40, vendor="v2", by="x")
    (pair,) = audit_of(rows, BOTH).after.vendors
    assert (pair.first, pair.second, pair.shared_units) == ("v1", "v2", 60)
    assert pair.low > 0  # v1 agrees better, clearly
    assert pair.difference == pytest.approx(pair.first_value - pair.second_value)


def test_vendors_with_few_items_in_common_are_not_compared(audit_of):
    rows = answers(units=100, differ=3) + answers(units=19, differ=9, vendor="v2", by="x")
    (pair,) = audit_of(rows, BOTH).after.vendors
    assert (pair.difference, pair.undefined) == (None, "too-few-shared-items")


def test_confused_labels_share_all_disagreement(audit_of):
    (pair,) = audit_of(answers(differ=7)).after.confusions
    assert (pair.label, pair.other_label, pair.units, pair.share) == ("cat", "dog", 7, 1.0)


def test_who_worked_for_whom_is_known(audit_of):
    rows = answers(people=2) + answers("b2", people=2, vendor="v2", by="x")
    assert audit_of(rows, BOTH).after.staff == {"v1": ("w1", "w2"), "v2": ("x1", "x2")}
