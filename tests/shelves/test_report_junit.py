"""JUnit XML, read back by a library of others: what CI shows as failed, skipped and passed."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring
from junitparser import Error, Failure, JUnitXml, Skipped

from labelaudit.reports import RUN_REPORTS
from run_documents import WAIVER, batch, finding, held, told

REJECTED = batch("b1", "reject", ["low-agreement"], [held("fail")])
REVIEWED = batch("b1", "review", ["low-agreement"], [held("inconclusive")])


def parsed(documents):
    text = RUN_REPORTS["junit"](documents)
    fromstring(text, forbid_dtd=True)
    return JUnitXml.fromstring(text.encode())


def results(documents):
    """Return how every case ended, and with which words."""
    ends = {}
    for suite in parsed(documents):
        for case in suite:
            kind = type(case.result[0]) if case.result else None
            ends[suite.name, case.name] = (kind, case.result[0].message if kind else "")
    return ends


def only(documents):
    [end] = results(documents).values()
    return end


def test_a_failed_floor_is_a_failure_with_its_bound():
    kind, said = only(told([REJECTED]))
    assert kind is Failure
    assert said == (
        "krippendorff-alpha of label is 0.300; upper bound at 0.95, jackknife-log:"
        " 0.400 < floor 0.667"
    )


def test_an_undecided_floor_is_skipped_and_says_what_would_decide_it():
    kind, said = only(told([REVIEWED]))
    assert kind is Skipped
    assert said.endswith("0.500 is not clear of floor 0.667; label 120 more items")


@pytest.mark.parametrize(
    "policy",
    [
        {"limits": {"on_inconclusive": "reject"}},
        {"limits": {}, "questions": {"label": {"on_inconclusive": "reject"}}},
        {"limits": {}, "vendors": {"north": {"on_inconclusive": "reject"}}},
    ],
    ids=["for all", "for the question", "for the vendor"],
)
def test_an_undecided_floor_fails_where_the_policy_rejects_it(policy):
    assert only(told([REVIEWED], policy=policy))[0] is Failure


def test_a_passed_floor_passes():
    assert only(told([batch(thresholds=[held()])])) == (None, "")


def test_an_undefined_value_is_no_pass():
    nothing = held("inconclusive", estimate=None, bound=None, needs="labels by two people")
    kind, said = only(told([batch("b1", "review", ["low-agreement"], [nothing])]))
    assert kind is Skipped
    assert "could not be measured; its floor is 0.667; labels by two people" in said


def test_without_a_floor_every_batch_is_an_error():
    documents = told([batch("b1", "review", ["no-threshold"])])
    assert results(documents)["b1", "a floor is configured"][0] is Error
    assert parsed(documents).errors == 1


def test_without_a_batch_the_delivery_is_an_error():
    assert only(told([]))[0] is Error


def test_a_check_that_rejects_is_a_failure_and_one_for_review_is_skipped():
    findings = [finding("invalid-row", message="9 faults"), finding("missing-label")]
    one = batch("b1", "reject", ["invalid-row", "missing-label"], [held()])
    ends = results(told([one], findings))
    assert ends["b1", "invalid-row"] == (Failure, "9 faults")
    assert ends["b1", "missing-label"][0] is Skipped


def test_a_required_check_has_a_case_that_passes_or_is_skipped():
    policy = {"limits": {}, "required_checks": ["thin-overlap"]}
    silent = finding("thin-overlap", outcome="unknown", severity="low", message="needs rows")
    assert results(told([batch(thresholds=[held()])], policy=policy))["b1", "thin-overlap"] == (
        None,
        "",
    )
    one = batch("b1", "review", ["thin-overlap"], [held()])
    said = results(told([one], [silent], policy=policy))["b1", "thin-overlap"]
    assert said == (Skipped, "needs rows")


def test_a_batch_let_through_by_a_waiver_does_not_fail_and_shows_the_waiver():
    gate = {"waived": [WAIVER], "let_through": ["b1"]}
    [suite] = parsed(told([REJECTED], gate=gate))
    [case] = suite
    words = "waived until 2026-12-31 by ann: new guide"
    assert (suite.failures, case.is_skipped, case.system_out) == (0, True, words)
    assert case.result[0].message.startswith(words)
    assert {one.name: one.value for one in suite.properties()}["let_through"] == "by waivers"


def test_a_batch_that_is_waived_in_part_still_fails():
    both = batch("b1", "reject", ["low-agreement", "invalid-row"], [held("fail")])
    ends = results(told([both], [finding("invalid-row")], {"waived": [WAIVER], "let_through": []}))
    assert {kind for kind, _ in ends.values()} == {Failure}


def test_the_counts_are_those_of_the_cases():
    documents = told([REJECTED, batch("b2", "review", ["low-agreement"], [held("inconclusive")])])
    whole = parsed(documents)
    assert (whole.tests, whole.failures, whole.skipped, whole.errors) == (2, 1, 1, 0)


@pytest.mark.parametrize("text", ["\x1b[31m", "]]><x/>", "&lol;", "\u202e", "\ufffe", "\ud800"])
def test_text_of_a_vendor_cannot_break_the_document(text):
    [suite] = parsed(told([batch(text, thresholds=[held(question_id=text)])]))
    assert suite.tests == 1
