"""What a check costs is the policy's to say: severity of breaches, and what silence costs."""

from __future__ import annotations

import pytest

from deliveries import CONFIG, answers

GAPS = [{**row, "label": ""} if row["item"] in {"b1-000", "b1-001"} else row
        for row in answers(units=150)]  # fmt: skip
MISSING = "[checks.missing-label]\nmax_missing_fraction = 0.0\n"


@pytest.mark.parametrize(
    ("severity", "verdict"), [("high", "review"), ("medium", "accept"), ("low", "accept")]
)
def test_only_a_breach_of_high_severity_sends_a_batch_to_review(audit_of, severity, verdict):
    audit = audit_of(GAPS, f'{CONFIG}{MISSING}severity = "{severity}"\n')
    (found,) = [found for found in audit.findings if found.check == "missing-label"]
    assert (found.outcome, found.severity) == ("breach", severity)
    assert audit.verdict == verdict


def test_a_severity_makes_no_breach_of_a_warning(audit_of):
    config = f'{CONFIG}[checks.missing-label]\nmax_missing_fraction = 0.5\nseverity = "high"\n'
    assert audit_of(GAPS, config).verdict == "accept"


@pytest.mark.parametrize(("cost", "verdict"), [("review", "review"), ("reject", "reject")])
def test_what_a_required_check_could_not_look_at_costs_what_the_policy_says(
    audit_of, cost, verdict
):
    required = f'required_checks = ["duration-drift"]\non_unknown = "{cost}"\n'
    config = CONFIG.replace("[policy]\n", f"[policy]\n{required}")
    audit = audit_of(answers(units=150), config)
    assert audit.verdict == verdict
    assert [(found.reason, found.verdict) for found in audit.verdicts[0].besides] == [
        ("duration-drift", verdict)
    ]
