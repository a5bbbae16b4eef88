"""The HTML page: what it says, that it acts on nothing, and that it can do nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

import pytest

from labelaudit.reports import RUN_REPORTS
from run_documents import WAIVER, batch, finding, held, told

FAILED = batch("b1", "reject", ["low-agreement"], [held("fail")])
OPEN = batch("b2", "review", ["low-agreement"], [held("inconclusive")])
GOOD = batch("b3", thresholds=[held()])
MEASURED = {
    "question_id": "label",
    "batch_id": "b1",
    "vendor": None,
    "annotator_id": None,
    "coefficient": "krippendorff-alpha",
    "scale": "nominal",
    "value": 0.3,
    "low": 0.2,
    "high": 0.4,
    "units": 90,
}
VOID = {"meta", "br"}


class Parsed(HTMLParser):
    """The tags of a page, their attributes, and its text without the style."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.open, self.words = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style", "title"}:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def page(*batches, findings=(), gate=None, **more):
    return RUN_REPORTS["html"](told([*batches], findings, gate, **more))


def shown(*batches, **more):
    parsed = Parsed(page(*batches, **more))
    assert parsed.open == []
    return parsed.text


def test_the_verdict_stands_first_and_rejected_batches_before_the_others():
    text = shown(GOOD, OPEN, FAILED)
    assert text.startswith("labelaudit report 1 of 3 batches is rejected")
    assert text.index("b1") < text.index("b2") < text.index("b3")


def test_an_undecided_floor_is_not_called_failed():
    text = shown(OPEN)
    assert "label: agreement (alpha) undecided" in text
    assert "is under the floor" not in text
    assert "Decide b2, label: agreement (alpha) undecided" in text
    assert "label 120 more items" in text


def test_a_plot_has_its_words():
    text = page(FAILED, estimates=[MEASURED], policy={"limits": {"target_agreement": 0.8}})
    words = "0.300, interval 0.200 to 0.400, floor 0.667, target 0.8"
    assert text.count(f'aria-label="{words}"') == 2
    assert f"<title>{words}</title>" in text


def test_a_floor_that_could_not_be_measured_says_so():
    nothing = held("inconclusive", estimate=None, bound=None, needs="labels by two people")
    text = shown(batch("b1", "review", ["low-agreement"], [nothing]))
    assert "agreement (alpha): not measured" in text
    assert "Would decide it: labels by two people" in text


@pytest.mark.parametrize(
    ("batches", "said"),
    [
        ([], "no batch was delivered"),
        ([batch("b1", "review", ["no-threshold"])], "NO THRESHOLD IS CONFIGURED"),
    ],
)
def test_nothing_to_pass_is_an_alarm(batches, said):
    text = shown(*batches)
    assert "Nothing could pass." in text
    assert said in text


def test_without_a_floor_the_first_step_is_to_set_one():
    text = shown(batch("b1", "review", ["no-threshold"]))
    assert "Set a floor: min_agreement" in text
    assert "no floor was set, so it could not pass" in text


def test_a_value_without_an_interval_is_drawn_alone():
    assert 'aria-label="0.900, no interval, floor 0.667"' in page(GOOD)


def test_findings_are_grouped_by_their_cause_with_its_explanation():
    findings = [finding(), finding(question_id="q2", message="alpha is lower"), finding("mine")]
    text = shown(FAILED, findings=findings)
    assert "Agreement in a batch is under the floor 2 findings: b1 / label; b1 / q2" in text
    assert "Why it matters. A point estimate held against a floor" in text
    assert "mine 1 finding" in text


def test_what_no_check_could_look_at_is_said():
    silent = finding("anchoring", outcome="unknown", evidence={"needs": "shown_label"})
    assert "needs shown_label: anchoring" in shown(GOOD, findings=[silent])


def test_a_vendor_with_an_open_batch_has_a_letter_and_others_have_none():
    south = batch("b4", thresholds=[held()], vendors=["south"])
    text = shown(FAILED, south, findings=[finding()])
    assert "What to send back to north Hello north," in text
    assert "Hello south" not in text
    assert "Send back to north: b1" in text


def test_waivers_and_the_ledger_are_shown():
    gate = {"exit_code": 0, "reason": "fine", "waived": [WAIVER], "let_through": ["b1"]}
    text = shown(FAILED, gate={**gate, "ledger": {"entries": 3, "sha256": "abc"}})
    for part in ("let through by a waiver", "low-agreement: waived until", "new guide", "head abc"):
        assert part in text
    assert "Send back" not in text


def test_the_verdict_and_the_looks_are_those_of_the_gate():
    look = {"look": 2, "new": True, "risk_fraction": 0.2, "n": 90, "n_planned": 203}
    floor = {**held("inconclusive", bound=0.61), **look}
    gate = {"exit_code": 3, "reason": "", "undecided": ["b3"], "batches": [
        {"batch_id": "b3", "verdict": "review", "reasons": ["low-agreement"], "thresholds": [floor]}
    ]}  # fmt: skip
    text = shown(GOOD, gate=gate)
    assert "1 of 1 batch is undecided" in text
    assert "b3 label agreement 2 20% 90 of 203 planned 0.610 is not clear of 0.667" in text


def test_lists_are_capped_and_what_is_left_out_is_counted():
    batches = [batch(f"b{n:03}", thresholds=[held()]) for n in range(130)]
    text = shown(*batches, findings_left_out=98_000, items_left_out=7, findings=[finding()])
    assert "30 more batches stand in audit.json" in text
    assert "98,000 more findings stand in findings.parquet" in text


HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=http://e.example/x onerror=alert(1)>",
    "\"><a href='javascript:alert(1)'>x</a>",
    "{{ 7 * 7 }}",
    "abc\u202egpj.exe",
    "\x1b[31mred",
    "&lt;b&gt;",
)


def everywhere(text):
    """Return a page that holds a text wherever a delivery can put one."""
    one = batch(text, "reject", ["low-agreement"], [held("fail", question_id=text)], [text])
    found = finding(message=text, batch_id=text, annotator_id=text, evidence={"items": [text]})
    item = {"question_id": text, "item_id": text, "batch_id": text, "vendor": text, "rank": 1,
            "risk": 0.5, "why": "tied", "consensus": text, "votes": text, "gold": text,
            "more_labels": 1}  # fmt: skip
    person = {**MEASURED, "annotator_id": text, "question_id": text, "coefficient": "gold-accuracy"}
    files = [{"path": text, "sha256": "0", "reader": "csv-long", "rows": 1}]
    waiver = {**WAIVER, "batch_id": text, "reason": text, "owner": text}
    return page(
        one, findings=[found], items=[item], estimates=[person], inputs=files,
        staff={text: [text]}, gate={"waived": [waiver]},
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_vendor_shows_as_it_stands_and_is_no_mark(text):
    parsed, plain = Parsed(everywhere(text)), Parsed(everywhere("plain"))
    assert parsed.tags == plain.tags
    assert [name for name, _ in parsed.attributes] == [name for name, _ in plain.attributes]
    visible = text.replace("\u202e", "\\u202e").replace("\x1b", "\\x1b")
    assert parsed.text.count(visible) == plain.text.count("plain") > 20


def test_a_label_of_a_megabyte_is_cut():
    assert len(everywhere("x" * 1_000_000)) < 200_000


def test_the_page_forbids_itself_everything_but_its_own_style():
    text = page(FAILED)
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    style = text.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert html.unescape(policy).split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_the_page_names_no_address_and_holds_no_script():
    parsed = Parsed(page(FAILED, findings=[finding()]))
    assert not {"script", "link", "img", "iframe", "form", "object"} & {*parsed.tags}
    assert {name for name, _ in parsed.attributes if name in {"src", "style"}} == set()
    assert all(value.startswith("#") for name, value in parsed.attributes if name == "href")
