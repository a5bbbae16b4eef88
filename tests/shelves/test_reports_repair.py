"""What reports say beyond verdicts: what to do, what was not looked at, what to send back."""

from __future__ import annotations

import pytest

import labelaudit
from deliveries import CONFIG, VENDOR, answers, deliver, with_columns
from labelaudit.checks import CHECKS
from labelaudit.model import Finding
from labelaudit.queue import RelabelPlan
from labelaudit.reports import REPORTS
from labelaudit.reports.repair import relabeling
from labelaudit.reports.unseen import OFF_WHERE_SUBJECTIVE

BAD = answers(units=80, people=6, differ=range(80))


@pytest.fixture
def audited(tmp_path):
    """Audit rows of vendors."""

    def audit(rows, config=None, checks=None):
        data = deliver(tmp_path, rows, config or with_columns(VENDOR))
        with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
            return labelaudit.run(annotations, **({"checks": checks} if checks else {}))

    return audit


class Blind:
    """Could look at nothing."""

    KEYS = {}  # noqa: RUF012

    def __init__(self, name, needs, questions=("label",)):
        self.NAME, self.needs, self.questions = name, needs, questions

    def look(self, evidence):
        for question in self.questions:
            said = f"not testable: no times; needs {self.needs}"
            evidence = {"needs": self.needs}
            yield Finding(self.NAME, "unknown", "low", said, question, evidence=evidence)


def test_what_was_not_looked_at_is_grouped_by_what_it_needs(audited):
    checks = [Blind(f"check-{n}", "start and end times") for n in range(25)]
    text = REPORTS["text"](audited(answers(), checks=checks))
    block = text.partition("Not looked at")[2].partition("\n\n")[0]
    assert " ".join(block.split()).count("needs start and end times: check-0, check-1,") == 1
    assert block.count("\n") < 8


@pytest.mark.parametrize("report", ["text", "html"])
def test_a_subjective_question_says_once_which_checks_are_off(audited, report):
    opinion = with_columns(VENDOR).replace('"nominal"', '"nominal"\nnature = "subjective"')
    page = " ".join(REPORTS[report](audited(BAD, opinion)).split())
    said = "off, because label is subjective and who disagrees there is not wrong: annotator-below-"
    assert page.count(said) == 1
    assert said not in " ".join(REPORTS[report](audited(BAD)).split())


def test_the_checks_that_are_off_are_those_whose_pages_say_so():
    pages = {check.NAME: " ".join((check.__doc__ or "").split()) for check in CHECKS}
    off = {name for name, page in pages.items() if 'Off for questions of `nature = "subj' in page}
    assert off == set(OFF_WHERE_SUBJECTIVE)


def test_a_person_seen_at_two_questions_is_one_line(audited):
    twice = [Finding("slow", "breach", "low", f"at {q}", q, annotator_id="w1") for q in "ab"]

    class Slow(Blind):
        def look(self, evidence):
            yield from twice

    text = REPORTS["text"](audited(answers(), checks=[Slow("slow", "")]))
    assert "x slow  w1 / a\n    at a; also at b\n" in text


def test_a_plan_is_said_in_a_sentence():
    plan = RelabelPlan(
        "q", None, "mace", 900, 0, 120.2, 312, 624, 41.3, 30.0, 0, 0.0, 0, 0.08, 49.92
    )
    assert relabeling(plan) == (
        "q: relabel 312 items, 2 more each (624 labels): about 41 wrong labels fewer of about 120"
        " expected in 900, 49.92 at 0.08 a label; the better half of them brings about 30"
    )


def test_reports_say_who_to_talk_to_and_where_to_look(audited):
    text = REPORTS["text"](audited(BAD))
    assert "- w6: annotator-below-peers; look at b1-000, b1-001" in text


def test_a_letter_tells_a_vendor_of_its_own_batches_and_people_only(audited):
    rows = [*BAD, *answers("b2", units=60, people=3, differ=50, vendor="v2", by="x")]
    audit = audited(rows)
    own, other = labelaudit.letter(audit, "v1"), labelaudit.letter(audit, "v2")
    assert "w6" in own
    assert "b2" not in own
    assert "b1" not in other
    assert "not accepted yet" in other


@pytest.mark.parametrize("word", ["fraud", "spam", "cheat", "bad", "lazy", "fault of"])
def test_a_letter_accuses_nobody(audited, word):
    text = labelaudit.letter(audited(BAD), "v1").replace("not proof of bad work", "")
    assert word not in text


def test_a_letter_shows_text_of_the_delivery_as_it_stands(audited):
    rows = [{**row, "item": f"<script>{row['item']}"} for row in BAD]
    letter = labelaudit.letter(audited(rows), "v1")
    assert "<script>" not in letter
    assert "&lt;script&gt;" in letter


def test_markdown_folds_a_letter_in_for_a_vendor_with_an_open_batch(audited):
    rows = [*answers(units=60, differ=50), *answers("b2", units=60, vendor="v2", by="x")]
    text = REPORTS["markdown"](audited(rows))
    assert "What to send back to v1" in text
    assert "What to send back to v2" not in text


def test_methods_are_named_in_the_report(audited):
    text = REPORTS["text"](audited(answers(people=4, differ=4), CONFIG))
    for method in ("majority", "dawid-skene", "mace"):
        assert f"\n{method} " in text


def test_a_model_is_beside_people_in_the_report(audited):
    people = [{**row, "kind": "human"} for row in answers(people=3)]
    model = [{**row, "who": "gpt", "kind": "model"} for row in people if row["who"] == "w1"]
    text = REPORTS["text"](audited([*people, *model], with_columns('annotator_kind = "kind"\n')))
    assert "gpt    the consensus  1.000 [0.940, 1.000]" in text
    assert "never counted as people" in " ".join(text.split())


SHORT = "1 drawn uniformly are too few to tell a rate of errors"


@pytest.mark.parametrize(("length", "said"), [(6, True), (160, False)])
def test_a_queue_too_short_to_tell_a_rate_of_errors_says_so(audited, length, said):
    queue = f"{CONFIG}[queue]\nmax_items_count = {length}\n"
    rows = answers(units=400, people=4, differ=200)
    text = " ".join(REPORTS["text"](audited(rows, queue)).split())
    assert (f"label: {SHORT}; a longer queue" in text) == said


def test_no_relabeling_plan_says_why(audited):
    text = " ".join(REPORTS["text"](audited(answers(people=1))).split())
    assert "no relabeling plan for label: every item has one label" in text
    assert "60 drawn uniformly" in text
