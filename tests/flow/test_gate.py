"""From verdicts to an outcome that CI can rely on."""

from __future__ import annotations

import pytest

from labelaudit.gate import decide, decide_run

A, V, R = ("a", "accept"), ("v", "review"), ("r", "reject")


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [([A], 0), ([A, A], 0), ([V], 3), ([A, V], 3), ([R], 1), ([A, V, R], 1), ([], 3)],
)
def test_the_worst_verdict_gives_the_code(verdicts, code):
    assert decide(verdicts, has_thresholds=True).exit_code == code


@pytest.mark.parametrize(("verdicts", "code"), [([A], 3), ([V], 3), ([], 3), ([R], 1)])
def test_without_a_threshold_nothing_passes(verdicts, code):
    outcome = decide(verdicts, has_thresholds=False)
    assert outcome.exit_code == code
    assert ("NO THRESHOLD" in outcome.reason) == (code == 3)


def test_the_outcome_names_the_batches():
    outcome = decide([A, V, R], has_thresholds=True)
    assert (outcome.rejected, outcome.undecided, outcome.reason) == (("r",), ("v",), "rejected: r")


def test_a_saved_audit_decides_like_the_audit_itself():
    batches = [{"batch_id": name, "verdict": verdict} for name, verdict in (A, V)]
    document = {"batches": batches, "summary": {"verdict": "review", "has_thresholds": True}}
    saved, direct = decide_run(document), decide([A, V], has_thresholds=True)
    assert (saved.exit_code, saved.reason) == (direct.exit_code, direct.reason)
