"""Gold that was drawn at random from a batch may speak of that batch alone, where asked."""

from __future__ import annotations

import json

import pytest

from deliveries import COLUMNS, GOLD_COLUMN, QUESTION, deliver

FLOOR = "[policy.gold]\nmin_accuracy = 0.9\ntarget_accuracy = 0.99\n"


def labeled(units=80, gold=60, wrong=2):
    """Return one answer for each item, gold for some of them, and few of these wrong."""
    return [
        {
            "item": f"i{at}", "who": f"w{at % 2}", "label": "dog" if at < wrong else "cat",
            "gold": "cat" if at < gold else "", "batch": "b1",
        }
        for at in range(units)
    ]  # fmt: skip


@pytest.fixture
def gate(run, tmp_path):
    """Gate the answers under a gold floor, and return the command, its threshold and reports."""

    def gated(more):
        config = COLUMNS + GOLD_COLUMN + QUESTION + FLOOR + more
        data = deliver(tmp_path, labeled(), config)
        words = ["-c", tmp_path / "labelaudit.toml", "-o", tmp_path / "runs"]
        done = run("gate", data, *words, "--report", f"junit={tmp_path / 'j.xml'}")
        assert done.code in (0, 3), done.err
        audit = json.loads((tmp_path / "runs/latest/audit.json").read_text())
        page = (tmp_path / "runs/latest/report.html").read_text()
        return done, audit["batches"][0]["thresholds"][0], (tmp_path / "j.xml").read_text(), page

    return gated


def test_a_finite_lot_passes_what_the_work_in_general_leaves_open_and_each_report_says_so(gate):
    done, held, _, page = gate("finite_lot = true\n")
    assert (held["outcome"], held["method"]) == ("pass", "korn-graubard, finite lot of 80")
    assert "Gold floors of a finite lot" in done.out
    assert "Gold floors of a finite lot" in page


def test_without_asking_no_lot_is_finite(gate):
    done, held, junit, page = gate("")
    assert (held["outcome"], held["method"]) == ("inconclusive", "korn-graubard")
    assert "finite lot" not in done.out + junit + page
