"""Which column holds what: guessed from unmistakable names only, checked when named."""

from __future__ import annotations

import pytest

from labelaudit.errors import InputError, UsageError
from labelaudit.mapping import check, unmistakable
from labelaudit.model import Columns, Question
from labelaudit.naming import guess

DELIVERED = ("image_id", "worker", "answer", "batch")
COLUMNS = Columns("image_id", "worker", label="answer", batch="batch")
QUESTION = (Question("answer", "nominal"),)


@pytest.mark.parametrize("item", ["item", "Item ID", "item-id", "ITEM_ID", "image_id", "HITId"])
@pytest.mark.parametrize("who", ["annotator", "Worker ID", "rater", "completed_by"])
def test_names_that_leave_no_doubt_are_mapped(item, who):
    found = unmistakable((item, who, "label", "notes"), "here")
    assert (found.item, found.annotator, found.label, found.batch) == (item, who, "label", None)


def test_optional_columns_are_mapped_too():
    names = ("item", "worker", "label", "vendor", "gold", "seconds", "submitted_at", "attempt")
    found = unmistakable(names, "here")
    assert (found.vendor, found.gold, found.duration_s) == ("vendor", "gold", "seconds")
    assert (found.submitted_at, found.attempt) == ("submitted_at", "attempt")


def test_two_columns_for_one_role_are_a_doubt_that_stops():
    with pytest.raises(InputError) as caught:
        unmistakable(("item", "worker", "rater", "label"), "here")
    assert caught.value.examples == ("annotator: could be any of 'worker', 'rater'",)
    assert "labelaudit init" in caught.value.next_step


def test_a_role_that_no_name_speaks_for_stops():
    with pytest.raises(InputError) as caught:
        unmistakable(("item", "who", "label"), "here")
    assert caught.value.examples == ("annotator: no column is named like one",)
    assert guess(("item", "who", "label")).missing == ("annotator",)


def test_columns_that_are_not_there_are_named_with_the_nearest():
    wrong = Columns("image_id", "workr", label="answer", batch="lot")
    with pytest.raises(InputError) as caught:
        check(wrong, QUESTION, DELIVERED, frozenset(), "here")
    assert caught.value.examples == (
        "annotator = 'workr' (did you mean 'worker'?)",
        "batch = 'lot'",
    )


def test_the_columns_of_questions_are_checked_too():
    asked = (Question("safe", "nominal", column="Q1", gold="key"),)
    with pytest.raises(InputError) as caught:
        check(COLUMNS, asked, DELIVERED, frozenset(), "here")
    assert caught.value.examples == ("questions.safe.column = 'Q1'", "questions.safe.gold = 'key'")


@pytest.mark.parametrize("role", ["item", "annotator", "batch"])
def test_ids_stored_as_floating_point_are_refused(role):
    name = getattr(COLUMNS, role)
    with pytest.raises(InputError, match="floating point") as caught:
        check(COLUMNS, QUESTION, DELIVERED, {name}, "here")
    assert caught.value.examples == (f"{role} = {name!r}",)
    check(COLUMNS, QUESTION, DELIVERED, {"answer"}, "here")


def test_an_error_lists_no_addresses_and_not_a_thousand_columns():
    people = tuple(f"person{number}@example.com" for number in range(1000))
    wrong = Columns("image", annotators=(*people[:-1], "person1001@example.com"))
    with pytest.raises(InputError) as caught:
        check(wrong, QUESTION, ("image_id", *people), frozenset(), "here")
    assert "example.com" not in caught.value.block()
    assert "and 981 more" in caught.value.problem


@pytest.mark.parametrize(
    "columns", [Columns("image_id", label="answer"), Columns("image_id", "worker")]
)
def test_a_project_that_does_not_say_who_or_what_is_refused(columns):
    with pytest.raises(UsageError, match="do not say"):
        check(columns, QUESTION, DELIVERED, frozenset(), "here")
