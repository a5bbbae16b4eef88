"""Vendors on the items they share, and folders that cannot be compared."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from deliveries import answers
from labelaudit.comparing import compare_runs, compare_vendors
from labelaudit.errors import InputError, UsageError


def test_vendors_meet_on_shared_items_only(audited):
    ours = answers("b1", units=60, vendor="v1", differ=3)
    theirs = [
        {**row, "batch": "b2", "vendor": "v2", "who": "x" + row["who"]}
        for row in answers("b1", units=40, differ=15)
    ]
    found = compare_vendors([audited("one", [*ours, *theirs])])
    by_measure = {pair.measure: pair for pair in found.pairs}
    alpha, gold = by_measure["krippendorff-alpha"], by_measure["gold-accuracy"]
    assert (alpha.first, alpha.second, alpha.shared_units) == ("v1", "v2", 40)
    assert alpha.low > 0
    assert gold.difference == pytest.approx(12 / 120)
    assert by_measure["same-label"].first_value == 1.0


def test_two_runs_of_a_vendor_each_say_the_same_as_one_of_both(audited):
    ours, theirs = answers(vendor="v1", differ=3), answers(vendor="v2", differ=9, by="x")
    apart = compare_vendors([audited("one", ours), audited("two", theirs)])
    renamed = [{**row, "batch": "b2"} for row in theirs]
    together = compare_vendors([audited("both", [*ours, *renamed])])
    assert apart.pairs == together.pairs


@pytest.mark.parametrize("missing", ["annotations.parquet", "items.parquet", "audit.json"])
def test_half_a_run_is_refused(audited, missing):
    first, second = audited("one", answers()), audited("two", answers(differ=3))
    (first / missing).unlink()
    with pytest.raises(InputError, match=missing.replace(".", "[.]")):
        compare_runs(first, second)


def test_a_table_that_is_no_parquet_is_refused(audited):
    first, second = audited("one", answers()), audited("two", answers(differ=3))
    (second / "annotations.parquet").write_text("half")
    with pytest.raises(InputError, match="cannot be read"):
        compare_runs(first, second)


def test_a_table_without_its_columns_is_refused(audited):
    first, second = audited("one", answers()), audited("two", answers(differ=3))
    pq.write_table(pa.table({"item_id": ["a"]}), second / "annotations.parquet")
    with pytest.raises(InputError):
        compare_runs(first, second)


def test_a_run_against_itself_is_refused(audited):
    run = audited("one", answers())
    with pytest.raises(UsageError, match="are the same audit"):
        compare_runs(run, run)


def test_runs_without_an_item_in_common_are_refused(audited):
    with pytest.raises(InputError, match="no item and question in common"):
        compare_runs(audited("one", answers("b1")), audited("two", answers("b2")))


def test_one_vendor_is_compared_with_nobody(audited):
    with pytest.raises(InputError, match="answers of 2 to 30 vendors"):
        compare_vendors([audited("one", answers())])
