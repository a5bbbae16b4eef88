"""`labelaudit gate` on the sample deliveries: which batches, and what they need."""

from __future__ import annotations

import pytest


@pytest.fixture
def gated(run, sample_data, tmp_path):
    return lambda *paths: run(
        "gate",
        *(sample_data / path for path in paths),
        *("-c", sample_data / "labelaudit.toml", "-o", tmp_path / "runs"),
    )


def test_the_whole_delivery_is_rejected_for_its_planted_batches(gated):
    done = gated("delivery")
    assert done.code == 1
    assert done.err.endswith("gate: FAIL (exit 1): rejected: me-05, me-07, nw-06\n")
    assert "krippendorff-alpha is 0.510 (upper bound 0.584), under the floor of 0.667" in done.words


def test_the_clean_batches_are_accepted(gated):
    done = gated(*(f"delivery/{name}.csv" for name in ("nw-01", "nw-02", "me-01")))
    assert done.err.endswith("gate: PASS (exit 0): every batch is accepted\n")


def test_the_thin_batch_is_undecided_and_says_what_it_needs(gated):
    done = gated("delivery/nw-07.csv")
    assert (done.code, "undecided: nw-07" in done.err) == (3, True)
    assert "label 40 more items, each by two people or more" in done.words


def test_the_broken_file_is_refused_with_its_rows(gated, block):
    done = gated("broken/nw-09.csv")
    said = block(done)
    assert done.code == 4
    assert all(f"line {line}:" in said for line in (5, 9, 14))


def test_the_sample_run_names_who_is_below_peers(sample_run):
    report = (sample_run.parent / "report.txt").read_text()
    assert all(f"\nx {person}  " in report for person in ("w111", "w112", "m211", "m212"))
