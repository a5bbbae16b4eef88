"""People in reports: whose they are, with whom, and for how many nothing could be told."""

from __future__ import annotations

import re

import pytest

import labelaudit
from labelaudit.reports import REPORTS

SAMPLES = "sample_data"


@pytest.fixture(scope="module")
def audit(pytestconfig):
    root = pytestconfig.rootpath / SAMPLES
    with labelaudit.read(root / "delivery", project=root / "labelaudit.toml") as annotations:
        return labelaudit.run(annotations)


@pytest.fixture(scope="module")
def text(audit):
    return " ".join(REPORTS["text"](audit).split())


def test_people_to_talk_to_come_with_their_vendor_and_their_pair(text):
    assert "- m211 (meridian): annotator-below-peers" in text
    assert "- w113 (northwind): annotators-copying (with w114);" in text


def test_no_breach_is_cut_for_a_warning(audit, text):
    for check in {found.check for found in audit.findings if found.outcome == "breach"}:
        assert f"x {check} " in text


def test_what_to_do_comes_before_what_was_not_looked_at(text):
    assert text.index("What to do") < text.index("Not looked at") < text.index("Over everything")


def test_where_gold_speaks_against_the_votes_they_promise_nothing(text):
    assert "consensus labels are wrong on gold, where the votes let expect about" in text
    assert "label: more labels would mend next to nothing" not in text


def test_a_letter_names_the_question_and_says_nothing_twice(audit):
    said = labelaudit.letter(audit, "northwind")
    assert "- nw-07 / label: krippendorff-alpha is" in said
    lines = [line for line in said.splitlines() if re.match(r"- w111 / \w+: below peers", line)]
    assert len(lines) == 1
    assert "also at quality" in lines[0]
