"""Two runs beside each other, on the page Upload and runs."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from labelaudit.cli.work import audit_data
from labelaudit.review import open_store

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
BATCH = SAMPLES / "delivery/nw-06.csv"
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory):
    """Return the runs of a batch before and after somebody set forty units to one label."""
    place = tmp_path_factory.mktemp("two")
    with BATCH.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    changed = sorted({row["image_id"] for row in rows})[:40]
    for row in rows:
        row["label"] = "dog" if row["image_id"] in changed else row["label"]
    after = place / "nw-06.csv"
    with after.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    config = SAMPLES / "labelaudit.toml"
    return [audit_data((str(data),), config, place / "runs", 0).run for data in (BATCH, after)]


@pytest.fixture
def with_both(two_runs, tmp_path):
    """Start from a store that holds both runs, the second after the first."""
    from app.settings import Settings

    db = str(tmp_path / "reviews.db")
    Settings(runs=(str(two_runs[0].parent),), db=db).store()
    with open_store(db) as store:
        first = store.import_run(two_runs[0], "ann", NOON).run.id
        store.import_run(two_runs[1], "ann", NOON.replace(hour=13), after=first)


def compared(page):
    test = page("runs")
    next(button for button in test.button if button.label == "Compare").click()
    return test.run()


def test_one_run_is_compared_with_nothing(page, review):
    assert "Compare" not in [button.label for button in page("runs").button]


def test_what_nobody_asked_for_is_counted(page, with_both):
    test = compared(page)
    assert not test.exception
    counts = next(table.value for table in test.dataframe if "asked" in table.value.columns)
    assert counts.loc[counts["question"] == "label", "changed, not asked"].item() > 0


def test_before_and_after_stand_with_their_intervals(page, with_both):
    test = compared(page)
    shown = next(table.value for table in test.dataframe if "difference" in table.value.columns)
    alphas = shown[(shown["items"] == "all") & (shown["question"] == "label")]
    assert alphas["before"].str.contains(r"\[").all()


def test_the_run_that_it_follows_is_compared_by_itself(page, with_both, two_runs):
    boxes = {box.label: box.value for box in page("runs").selectbox}
    assert (boxes["Before"], boxes["After"]) == (two_runs[0].name, two_runs[1].name)
