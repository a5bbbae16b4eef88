"""Annotators and vendors as a page shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from labelaudit.annotators import Annotator
from labelaudit.dossier.answers import answers, in_review
from labelaudit.dossier.documents import read_document
from labelaudit.dossier.people import about, items_of, shown, states_of, vendors_of
from labelaudit.dossier.roll import read_roll
from labelaudit.dossier.vendors import agrees_more, letter_to, vendor_lines, vendors_to_write
from labelaudit.reports.letters import letter
from labelaudit.review import PersonFlag
from labelaudit.scorecards import VendorComparison

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Return the audit of the sample deliveries, with its run folder."""
    from labelaudit.cli.work import audit_data

    data = (str(ROOT / "sample_data/delivery"),)
    place = tmp_path_factory.mktemp("people")
    return audit_data(data, ROOT / "sample_data/labelaudit.toml", place, 0, None)


def person(name, peers=100, high=0.9, gold=0, flags=()):
    """Return an annotator; `high` is the upper end of the agreement with peers."""
    return Annotator(
        name, "q", gold, None, None, None, peers, 0.8, 0.7, high, None, None, 0, flags
    )  # fmt: skip


def flag(name, check, state="open", **evidence):
    return PersonFlag(
        1, "r", name, "q", None, None, check, "breach", "high", "", evidence, state, 0, None
    )  # fmt: skip


def test_who_has_few_answers_is_counted_and_not_shown():
    found = shown([person("a", peers=19), person("b", peers=20), person("c", peers=0, gold=20)])
    assert ([one.annotator_id for one in found.people], found.hidden) == (["b", "c"], 1)


def test_everybody_can_be_shown_on_demand():
    assert len(shown([person("a", peers=19)], everybody=True).people) == 1


def test_flagged_annotators_come_first_then_the_lowest():
    people = [person("a", high=0.9), person("b", high=0.7), person("c", flags=("x",))]
    assert [one.annotator_id for one in shown(people).people] == ["c", "b", "a"]


def test_a_flag_on_a_pair_is_about_both():
    flags = [flag("a", "annotators-copying", other_annotator="b"), flag("c", "decay")]
    assert len(about(flags, "b")) == 1
    assert states_of(flags) == {"a": {"open": 1}, "b": {"open": 1}, "c": {"open": 1}}


def test_an_annotator_may_work_for_two_vendors():
    assert vendors_of({"n": ("a", "b"), "s": ("b",)}) == {"a": ("n",), "b": ("n", "s")}


@pytest.mark.parametrize(("p", "who"), [(0.01, "n"), (0.2, None), (None, None)])
def test_a_vendor_agrees_more_only_beyond_chance(p, who):
    assert agrees_more(VendorComparison("q", "n", "s", 50, 0.9, 0.8, 0.1, 0.0, 0.2, p)) == who


def test_vendors_are_listed_with_how_their_batches_fared(done):
    first, second = vendor_lines(read_document(done.run), "label")
    assert (first.vendor, first.accepted, first.to_review, first.rejected) == ("meridian", 2, 3, 2)
    assert second.gold.value == pytest.approx(0.9295, abs=1e-3)


def test_the_letter_of_a_run_read_back_is_that_of_its_audit(done):
    document, roll = read_document(done.run), read_roll(done.run)
    for vendor in vendors_to_write(document.verdicts):
        assert letter_to(done.run, document, roll, vendor) == letter(done.audit, vendor)


def test_an_answer_stands_beside_the_others_and_gold(done):
    found = answers(done.run, "w111", ["img-03001", "img-03007"])
    assert found["label", "img-03001"].gold is not None
    assert found["label", "img-03007"].own == "dog"
    assert found["label", "img-03007"].others == "4 x bird"


def test_without_items_nothing_is_read(tmp_path):
    assert (answers(tmp_path, "a", []), in_review(tmp_path, [])) == ({}, frozenset())


def test_items_before_reviewers_are_known_by_question(done):
    drawn = next(item for item in done.audit.items if item.drawn)
    unit = drawn.question_id, drawn.item_id
    assert unit in in_review(done.run, [drawn.item_id, "img-none"])


def test_a_flag_names_the_items_to_open_first():
    assert items_of(flag("a", "x", items=["1", "2", "3", "4", "5", "6"])) == tuple("12345")
    assert items_of(flag("a", "x")) == ()
