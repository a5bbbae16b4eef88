"""Deliveries of odd shape: they end soon, with a reason where nothing can be measured."""

from __future__ import annotations

import pytest

from deliveries import CONFIG, answers, deliver


def estimate(done):
    """Return alpha over everything, from the audit's document."""
    return next(
        found
        for found in done.document["estimates"]
        if found["coefficient"] == "krippendorff-alpha" and found["batch_id"] is None
    )


@pytest.fixture
def audited(run, tmp_path):
    return lambda rows, config=CONFIG: run(
        "audit", deliver(tmp_path, rows, config), "-o", tmp_path / "runs", "--json"
    )


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (answers(people=1), "no-overlap"),
        ([{**row, "label": "cat"} for row in answers()], "one-category"),
        ([{**row, "item": f"{n}"} for n, row in enumerate(answers())], "no-overlap"),
        ([{**row, "label": ""} for row in answers()], "no-labels"),
    ],
)
def test_what_cannot_be_measured_has_a_reason_and_goes_to_review(audited, rows, reason):
    done = audited(rows)
    assert (done.code, estimate(done)["value"], estimate(done)["undefined"]) == (0, None, reason)
    (batch,) = done.document["batches"]
    assert batch["verdict"] == "review"
    assert batch["thresholds"][0]["needs"]


def test_one_item_with_many_labels_is_measured(audited):
    row = answers(units=1, people=1)[0]
    rows = [{**row, "who": f"w{n}", "label": "cat" if n % 3 else "dog"} for n in range(30_000)]
    done = audited(rows)
    assert (done.code, estimate(done)["annotations"]) == (0, 30_000)


def test_too_many_distinct_labels_are_refused(run, block, tmp_path):
    data = tmp_path / "labels.csv"
    lines = (f"i{n},w{person},l{n}-{person}" for n in range(50_000) for person in (1, 2))
    data.write_text("item,annotator,label\n" + "\n".join(lines) + "\n")
    done = run("audit", data, "-o", tmp_path / "runs")
    assert done.code == 4
    assert "labels" in block(done)


def test_many_annotators_with_one_label_each_end_sparse(audited):
    row = answers(units=1, people=1)[0]
    rows = [
        {**row, "item": f"i{n // 2}", "who": f"w{n}", "label": "cat" if n % 3 else "dog"}
        for n in range(40_000)
    ]
    done = audited(rows)
    assert (done.code, estimate(done)["annotators"]) == (0, 40_000)


def test_ids_survive_as_they_stand(audited, tmp_path):
    ids = ["007", "7", "1e5", "1234567890123456789", "NA"]
    rows = [{**row, "item": name} for name in ids for row in answers(units=1)]
    assert estimate(audited(rows))["units"] == len(ids)
