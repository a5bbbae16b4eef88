"""What GitHub shows of a gate: a step summary, and annotations that no text can break out of."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from labelaudit.reports import RUN_REPORTS
from run_documents import WAIVER, batch, finding, held, told

FAILED = batch("b1", "reject", ["low-agreement"], [held("fail")])
MANY = [finding(annotator_id=f"w{n:02}") for n in range(30)]
SHOWN = (
    "(waived)",
    "**reject**, let through",
    "**expired**",
    "by old",
    "- unused",
    "**no waiver**: no owner",
    "entry 3, `ab`",
)
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::([^\r\n]*)")
DECODED = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


def annotations(findings, **more):
    """Return what the runner makes of the lines: the kind, the properties, the words."""
    text = RUN_REPORTS["github-annotations"](told([FAILED], findings, **more))
    found = [COMMAND.fullmatch(line).groups() for line in text.split("\n")[:-1]]
    return [
        (kind, dict(p.split("=", 1) for p in about.split(",")), said) for kind, about, said in found
    ]


def decoded(text):
    return re.sub("%(25|0D|0A|3A|2C)", lambda found: DECODED[found[0]], text)


def summary(documents):
    return RUN_REPORTS["github-summary"](documents)


def test_a_finding_is_an_annotation_of_the_file_of_its_batch():
    [(kind, about, said)] = annotations([finding(message="50% off")])
    assert (kind, decoded(said)) == ("error", "50% off")
    assert {name: decoded(value) for name, value in about.items()} == {
        "title": "low-agreement: b1 / label",
        "file": "in/b1.csv",
    }


@pytest.mark.parametrize("text", ["a\n::error::x", "a\r::x", "a,file=/x", "a::b", "100%0A::x"])
def test_no_text_starts_a_command_or_a_property(text):
    [(kind, about, said)] = annotations([finding(batch_id=text, message=text, check=text)])
    assert (kind, about.keys()) == ("error", {"title"})
    shown = text.replace("\n", "\\n").replace("\r", "\\r")
    assert (decoded(said), shown in decoded(about["title"])) == (shown, True)


def test_errors_come_first_and_ten_are_all_that_is_shown():
    warnings = [finding("thin-overlap", severity="medium", annotator_id="x")]
    shown = annotations([*warnings, *MANY])
    assert [kind for kind, _, _ in shown] == ["error"] * 9 + ["notice"]
    assert shown[-1][2] == "22 more findings are in the report"


def test_ten_findings_need_no_line_that_says_more():
    assert [kind for kind, _, _ in annotations(MANY[:10])] == ["error"] * 10


def test_what_the_audit_left_out_is_counted():
    assert annotations([finding()], findings_left_out=5)[-1][2].startswith("5 more")


def test_what_is_waived_is_no_annotation():
    assert annotations([finding()], gate={"waived": [WAIVER]}) == []


def test_a_gate_without_a_floor_is_an_error():
    [(kind, _, said)] = [
        COMMAND.fullmatch(line).groups()
        for line in RUN_REPORTS["github-annotations"](told([batch()])).splitlines()
    ]
    assert (kind, said.startswith("NO THRESHOLD IS CONFIGURED")) == ("error", True)


def test_the_summary_starts_with_the_verdict_and_shows_at_most_twenty_of_each():
    batches = [batch(f"b{n:02}", thresholds=[held()]) for n in range(25)]
    text = summary(told([*batches, FAILED], MANY, {"exit_code": 1, "reason": "rejected: b1"}))
    assert text.startswith("## labelaudit: REJECT: 1 of 26 batches rejected, 25 accepted\n")
    assert "... and 6 more batches" in text
    assert "Gate: **FAIL** (exit 1): rejected: b1" in text
    assert text.index("| b1 |") < text.index("| b00 |")
    assert text.count("\n- **breach**") == 20


def test_the_summary_says_what_would_decide_an_undecided_floor():
    open_one = batch("b1", "review", ["low-agreement"], [held("inconclusive")])
    assert "floor 0.667; label 120 more items" in summary(told([open_one]))


def test_the_summary_is_loud_without_a_floor():
    assert "**NO THRESHOLD IS CONFIGURED" in summary(told([batch("b1", "review")]))


def test_the_summary_shows_waivers_used_expired_unused_and_what_is_none():
    waiver = {name: WAIVER[name] for name in ("check", "scope", "reason", "owner", "expires")}
    known = {"expired": [{**waiver, "owner": "old"}], "unused": [waiver], "faulty": ["no owner"]}
    gate = {"exit_code": 0, "reason": "", "waived": [WAIVER], "let_through": ["b1"]}
    text = summary(
        told([FAILED], gate={**gate, "waivers": known, "ledger": {"entries": 3, "sha256": "ab"}})
    )
    for part in SHOWN:
        assert part in text


def test_the_summary_holds_no_link_and_nothing_that_acts():
    text = "<img src=http://e.example/x> ![a](http://e.example) @all [b](javascript:c)"
    page = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render(
            summary(told([batch(text, "reject", [text], [held("fail")])], [finding(message=text)]))
        )
    )
    assert {*re.findall(r"<(\w+)", page)} <= set(
        "h2 h3 p ul li strong code table thead tbody tr th td".split()
    )
    assert "://" not in page
