"""A fingerprint changes with what was counted in the batch, and with nothing else."""

from __future__ import annotations

import pytest

import labelaudit
from deliveries import CONFIG, GOLD, GOLD_COLUMN, answers, deliver, with_cell, with_columns

WITH_GOLD = with_columns(GOLD_COLUMN) + GOLD


@pytest.fixture
def prints(tmp_path):
    """Audit rows, and return of each batch (whole, that of agreement, that of gold)."""

    def audited(rows, config=WITH_GOLD):
        with labelaudit.read(deliver(tmp_path, rows, config), tmp_path / "labelaudit.toml") as read:
            verdicts = labelaudit.run(read, row_by_row=False).verdicts
        return {
            found.batch_id: (found.fingerprint, *(each.fingerprint for each in found.thresholds))
            for found in verdicts
        }

    return audited


def test_neither_order_nor_other_batches_change_it(prints):
    alone = prints(answers(units=20))
    rows = [*answers(units=20), *answers("a0", units=9, by="x", differ=3)]
    together = prints([*reversed(rows[::2]), *rows[1::2]])
    assert together["b1"] == alone["b1"]
    assert {*together["b1"]}.isdisjoint(together["a0"])


def test_labels_nobody_gave_and_rows_that_were_rejected_do_not_change_it(prints):
    more = WITH_GOLD.replace('"dog"]', '"dog", "owl"]')
    rows = [*answers(units=20), {**answers()[0], "item": "x", "label": "cow"}]
    assert prints(rows, more) == prints(answers(units=20))


def test_one_label_changes_it_and_gold_by_itself_only_that_of_gold(prints):
    whole, agreement, gold = prints(answers(units=20))["b1"]
    changed = prints(with_cell(answers(units=20), 5, label="cat"))["b1"]
    assert all(new != old for new, old in zip(changed, (whole, agreement, gold), strict=True))
    rows = [{**row, "gold": ""} if row["item"] == "b1-000" else row for row in answers(units=20)]
    found = prints(rows)["b1"]
    assert (found[0] != whole, found[1] == agreement, found[2] != gold) == (True, True, True)


def test_who_answered_changes_the_whole(prints):
    whole, agreement, _ = prints(answers(units=20))["b1"]
    others = prints(answers(units=20, by="x"))["b1"]
    assert (others[0] != whole, others[1] == agreement) == (True, True)


def test_numbers_count_and_not_how_they_are_written(prints):
    scale = CONFIG.replace('"nominal"\nlabels = ["cat", "dog"]', '"interval"')
    plain = [{**row, "label": "2" if row["label"] == "cat" else "10"} for row in answers()]
    written = [{**row, "label": "2.0" if row["label"] == "2" else "1e1"} for row in plain]
    assert prints(plain, scale) == prints(written, scale)


def test_a_batch_whose_every_row_was_rejected_has_none(prints):
    rows = [*answers(), *({**row, "label": "cow"} for row in answers("b2", units=2))]
    assert prints(rows)["b2"] == (None,)


def test_nothing_delivered_that_counts_is_no_fault(prints):
    assert prints([{**row, "label": "cow"} for row in answers(units=2)]) == {"b1": (None,)}
