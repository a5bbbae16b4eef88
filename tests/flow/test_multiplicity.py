"""Many floors at once: what would stand if all were counted is marked, and no verdict changes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from labelaudit.gate import decide_run
from labelaudit.holding import hold, p_below
from labelaudit.intervals import gold_accuracy, one_sided
from labelaudit.model import Estimate
from labelaudit.multiplicity import adjusted
from labelaudit.reports.json_report import plain
from labelaudit.settings import Policy


def alpha(value, units=100):
    return Estimate(
        "krippendorff-alpha", "nominal", value, se=0.2 * (1 - value), units=units,
        df=units - 1.0, method="jackknife-log", question_id="q",
    )  # fmt: skip


def audit(*values):
    """Return the document of an audit of batches with these alphas, as `audit.json` holds it."""
    batches = []
    for number, value in enumerate(values):
        held = hold("min_agreement", alpha(value), 0.667, 0.8, Policy())
        verdict = {"pass": "accept", "fail": "reject", "inconclusive": "review"}[held.outcome]
        reasons = [] if verdict == "accept" else ["low-agreement"]
        batches.append({"batch_id": f"b{number}", "verdict": verdict, "reasons": reasons,
                        "thresholds": [plain(held)]})  # fmt: skip
    return {"batches": batches, "summary": {"has_thresholds": True}}


def test_adjusted_p_values_are_those_of_benjamini_and_hochberg():
    p = np.random.default_rng(2).random(40)
    assert adjusted(p.tolist()) == pytest.approx(false_discovery_control(p).tolist())


@pytest.mark.parametrize(
    "found", [alpha(0.5), alpha(0.3), gold_accuracy(np.array([70, 80, 75]), np.full(3, 100))]
)
def test_p_is_the_risk_at_which_the_upper_bound_meets_the_floor(found):
    floor = found.value + 0.1
    assert one_sided(found, "upper", 1 - p_below(found, floor)) == pytest.approx(floor, abs=0.003)


def test_an_estimate_that_is_not_under_the_floor_has_no_p():
    assert p_below(alpha(0.7), 0.667) is None
    nothing = Estimate("krippendorff-alpha", "nominal", undefined="one-category")
    assert p_below(nothing, 0.667) is None


def test_what_would_not_stand_is_marked_and_stays_rejected():
    outcome = decide_run(audit(0.52, 0.1, *[0.8] * 18))
    said = outcome.document()["multiplicity"]
    assert (said["failed"], said["stand"], said["floors"]) == (["b0", "b1"], ["b1"], 20)
    assert outcome.rejected == ("b0", "b1")
    assert [batch.stands for batch in outcome.batches[:3]] == [False, True, None]
    assert outcome.multiplicity.endswith(
        "20 floors counted (Benjamini-Hochberg, 5%): 1 of 2; not b0"
    )


def test_one_batch_by_itself_needs_no_counting():
    outcome = decide_run(audit(0.52))
    assert (outcome.multiplicity, outcome.batches[0].stands) == ("", True)
