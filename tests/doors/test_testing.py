"""`labelaudit.testing.assert_gate`: what a pytest user reads when a delivery does not pass."""

from __future__ import annotations

from datetime import date

import pytest

from deliveries import COLUMNS, CONFIG, QUESTION, answers, deliver
from labelaudit.errors import InputError, UsageError
from labelaudit.testing import assert_gate

THIN = {"units": 12, "differ": 1}
WAIVER = """\
[[waivers]]
check = "low-agreement"
scope = "b2"
reason = "relabel ordered"
owner = "data-quality"
expires = 2026-12-31
"""


def test_an_accepted_delivery_passes_and_says_what_was_decided(tmp_path):
    data = deliver(tmp_path, answers(units=150, differ=1))
    outcome = assert_gate(data, tmp_path / "labelaudit.toml")
    assert (outcome.exit_code, outcome.rejected) == (0, ())


def test_a_rejected_batch_fails_with_threshold_estimate_and_bound(sample_data):
    with pytest.raises(AssertionError) as failed:
        assert_gate(sample_data / "delivery/nw-06.csv", sample_data / "labelaudit.toml")
    said = str(failed.value).splitlines()
    assert said[0] == "labelaudit gate: FAIL (exit 1): rejected: nw-06"
    assert said[1] == "  nw-06: reject: low-agreement, low-gold-accuracy"
    assert said[2] == (
        "    min_agreement of label: krippendorff-alpha 0.510, upper bound 0.584, limit 0.667: fail"
    )


def test_an_undecided_batch_fails_with_what_it_needs(tmp_path):
    data = deliver(tmp_path, answers(**THIN))
    with pytest.raises(AssertionError, match=r"UNDECIDED \(exit 3\)[\s\S]*needs: label \d+ more"):
        assert_gate(data)


def test_an_undecided_batch_passes_where_that_is_allowed(tmp_path):
    data = deliver(tmp_path, answers(**THIN))
    assert assert_gate(data, allow_inconclusive=True).undecided == ("b1",)


def test_a_rejected_batch_fails_though_undecided_ones_may_pass(tmp_path):
    data = deliver(tmp_path, [*answers(**THIN), *answers("b2", units=150, differ=100)])
    with pytest.raises(AssertionError, match="rejected: b2"):
        assert_gate(data, allow_inconclusive=True)


def test_without_a_threshold_nothing_passes(tmp_path):
    data = deliver(tmp_path, answers(units=150), COLUMNS + QUESTION)
    with pytest.raises(AssertionError, match="NO THRESHOLD IS CONFIGURED"):
        assert_gate(data, allow_inconclusive=True)


def test_a_waiver_lets_through_until_its_day(tmp_path):
    rows = [*answers(units=150), *answers("b2", units=150, differ=100)]
    data = deliver(tmp_path, rows, CONFIG + '[gate]\nwaivers = "w.toml"\nledger = "l.jsonl"\n')
    (tmp_path / "w.toml").write_text(WAIVER, encoding="utf-8")
    assert assert_gate(data, today=date(2026, 12, 31)).let_through == ("b2",)
    with pytest.raises(AssertionError):
        assert_gate(data, today=date(2027, 1, 1))
    assert not (tmp_path / "l.jsonl").exists()


def test_a_finished_run_is_read_and_left_as_it_was(run, tmp_path):
    data = deliver(tmp_path, answers(units=150, differ=100))
    run("audit", data, "-o", tmp_path / "runs")
    place = tmp_path / "runs" / "latest"
    before = sorted(path.name for path in place.iterdir())
    with pytest.raises(AssertionError, match="rejected: b1"):
        assert_gate(place)
    assert sorted(path.name for path in place.iterdir()) == before


def test_a_finished_run_takes_no_other_limits(run, tmp_path):
    data = deliver(tmp_path, answers(units=150, differ=100))
    run("audit", data, "-o", tmp_path / "runs")
    with pytest.raises(UsageError, match="is a finished run"):
        assert_gate(tmp_path / "runs" / "latest", tmp_path / "labelaudit.toml")


def test_what_cannot_be_read_is_no_verdict(sample_data):
    with pytest.raises(InputError):
        assert_gate(sample_data / "broken/nw-09.csv", sample_data / "labelaudit.toml")


def test_hostile_names_are_written_out(tmp_path):
    data = deliver(tmp_path, answers("b\x1b[31m", units=150, differ=100))
    with pytest.raises(AssertionError) as failed:
        assert_gate(data)
    assert "\x1b" not in str(failed.value)


def test_many_batches_are_cut(tmp_path):
    rows = [row for n in range(7) for row in answers(f"b{n}", units=60, differ=40)]
    with pytest.raises(AssertionError, match=r"and 2 more batches"):
        assert_gate(deliver(tmp_path, rows))
