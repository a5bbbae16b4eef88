"""Batches side by side: their order, what each is held against, and which changes are real."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from labelaudit.dossier.batches import batch_changes, batch_lines, batch_order, worst_first
from labelaudit.dossier.documents import Document
from labelaudit.dossier.roll import Roll
from labelaudit.model import BatchVerdict, Estimate, Rejection, Threshold

NO_TIMES = Roll({}, {}, {})
HELD = Threshold("min_agreement", "q", "gwet-ac1", 0.7, 0.9, 0.8, "lower", 0.95, None, "pass")


def estimate(batch, value, se=0.02, units=200, coefficient="krippendorff-alpha"):
    return Estimate(
        coefficient, "nominal", value, value - 2 * se, value + 2 * se, se=se, df=units - 1.0,
        units=units, question_id="q", batch_id=batch,
    )  # fmt: skip


@pytest.fixture
def document():
    """Return a document of three batches of one vendor, and one of another."""
    verdicts = [("b1", "accept"), ("b2", "reject"), ("b3", "review"), ("c1", "accept")]
    found = [estimate("b1", 0.9), estimate("b2", 0.6), estimate("b3", 0.61), estimate("c1", 0.2)]
    return Document(
        verdicts=tuple(
            BatchVerdict(name, (name[0],), verdict, (), 10, 20, 3) for name, verdict in verdicts
        ),
        by_batch={(one.coefficient, "q", one.batch_id): one for one in found},
        by_vendor={}, whole=(), findings=(), findings_left_out=0, rejected=(), inputs=(),
        vendors=(), confusions=(), plans=(), items=(), items_left_out=0, has_thresholds=True,
    )  # fmt: skip


def test_batches_follow_their_first_answers(document):
    names = ("c1", "b3", "b2", "b1")
    days = {name: datetime(2026, 1, day, tzinfo=UTC) for day, name in enumerate(names, start=1)}
    assert batch_order(document, Roll(days, {}, {})) == names


def test_batches_without_times_follow_their_names(document):
    assert batch_order(document, NO_TIMES) == ("b1", "b2", "b3", "c1")


def test_a_batch_is_compared_with_the_one_before_it_by_the_same_vendor(document):
    changes = batch_changes(document, ("b1", "c1", "b2", "b3"), "q")
    assert changes["b2"].before == "b1"
    assert changes["b2"].compared.difference == pytest.approx(-0.3)
    assert changes["c1"].moved == "first-batch"


def test_only_a_change_beyond_chance_is_called_one(document):
    changes = batch_changes(document, ("b1", "c1", "b2", "b3"), "q")
    assert (changes["b2"].moved, changes["b3"].moved) == ("fell", "no-clear-change")


def test_a_few_units_are_not_compared(document):
    few = {**document.by_batch, ("krippendorff-alpha", "q", "b2"): estimate("b2", 0.1, units=49)}
    changes = batch_changes(replace(document, by_batch=few), ("b1", "b2"), "q")
    assert (changes["b2"].moved, changes["b2"].compared.undefined) == (
        "not-comparable",
        "too-few-units",
    )


def test_a_batch_is_shown_by_the_coefficient_that_its_floor_is_held_on(document):
    first = replace(document.verdicts[0], thresholds=(HELD,))
    by_batch = {("gwet-ac1", "q", "b1"): estimate("b1", 0.9, coefficient="gwet-ac1")}
    held = replace(document, verdicts=(first,), by_batch=by_batch)
    (line,) = batch_lines(held, NO_TIMES, "q")
    assert (line.agreement.coefficient, line.floor) == ("gwet-ac1", 0.7)


def test_rejected_cells_of_all_reasons_add_up(document):
    rejected = (Rejection("a", "b1", "label", 3), Rejection("b", "b1", "duration", 4))
    lines = batch_lines(replace(document, rejected=rejected), NO_TIMES, "q")
    assert [line.rejected for line in lines] == [7, 0, 0, 0]


def test_the_worst_batches_come_first_and_the_latest_within_them(document):
    lines = worst_first(batch_lines(document, NO_TIMES, "q"))
    assert [line.batch_id for line in lines] == ["b2", "b3", "c1", "b1"]
