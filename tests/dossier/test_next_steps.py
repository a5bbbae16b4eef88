"""What to do next is concrete, and first what blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from labelaudit.dossier.documents import read_document
from labelaudit.dossier.drifted import drifted
from labelaudit.dossier.gate_state import gate_state, verdict_counts
from labelaudit.dossier.next_steps import next_steps, some_of_each
from labelaudit.dossier.roll import read_roll
from labelaudit.errors import InputError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """Return the run folder of the sample deliveries."""
    from labelaudit.cli.work import audit_data

    data = (str(ROOT / "sample_data/delivery"),)
    place = tmp_path_factory.mktemp("dossier")
    return audit_data(data, ROOT / "sample_data/labelaudit.toml", place, 0, None).run


@pytest.fixture(scope="session")
def document(run):
    return read_document(run)


def test_a_rejected_batch_goes_back_with_its_number_and_its_floor(document):
    first = next(next_steps(document, 0))
    assert (first.doing, first.batch_id, first.vendor) == ("send-back", "me-05", "meridian")
    assert first.words.endswith("gold-accuracy of label is 0.74, at most 0.80; the floor is 0.9")


def test_a_batch_without_a_failed_floor_goes_back_with_what_a_check_saw(document):
    step = next(one for one in next_steps(document, 0) if one.batch_id == "me-07")
    assert step.words.startswith("Send me-07 back to meridian: 64 faults: label-not-in-domain")


def test_the_first_steps_are_of_different_kinds(document):
    assert [step.doing for step in some_of_each(document, 9, most=5)] == [
        "send-back",
        "order",
        "look",
        "review",
        "relabel",
    ]


def test_without_flags_nothing_is_to_be_reviewed(document):
    assert "review" not in {step.doing for step in next_steps(document, 0)}


def test_a_gate_that_was_not_asked_says_what_it_would_say(document):
    state = gate_state(document, None)
    assert (state.asked, state.word, state.exit_code) == (False, "rejected", 1)


def test_a_gate_file_of_another_kind_counts_as_not_asked(document):
    assert not gate_state(document, {"exit_code": "one"}).asked


def test_verdicts_are_counted(document):
    assert verdict_counts(document) == {"accept": 5, "review": 6, "reject": 3}


def test_batches_unlike_the_others_are_named_by_the_checks_of_drift(document):
    assert {found.batch_id for found in drifted(document.findings)} == {
        "me-04",
        "me-05",
        "nw-03",
        "nw-06",
    }


def test_the_roll_knows_who_answered_for_a_vendor(run):
    roll = read_roll(run)
    assert set(roll.staff) == {"meridian", "northwind"}
    assert "m212" in roll.staff["meridian"]


def test_the_roll_counts_peoples_answers_and_not_gold(run):
    roll = read_roll(run)
    assert sum(roll.mixes["label"]["me-01"].values()) == 800


def test_a_question_with_many_labels_has_no_mix(run):
    assert "relevance" not in read_roll(run).mixes


def test_a_run_without_its_annotations_says_so(tmp_path):
    with pytest.raises(InputError, match="annotations"):
        read_roll(tmp_path)
