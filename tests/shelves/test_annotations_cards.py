"""What a reviewer is shown: texts of the delivery, and what everybody answered."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from labelaudit.errors import InputError, UsageError
from labelaudit.mapping import check
from labelaudit.model import Columns, Question
from labelaudit.settings import Review

PET = Question("pet", "nominal", ("cat", "dog"))
ROWS = {
    "item": ["i", "i", "j"],
    "who": ["jane@example.com", "w2", "w2"],
    "label": ["cat", "dog", "cat"],
    "batch": ["b", "b", "b"],
    "text": [None, "two", "three"],
    "file": ["a/i.png", "a/i.png", None],
}
COLUMNS = Columns("item", "who", label="label", batch="batch")


@pytest.fixture
def cards(taken, tmp_path):
    """Write the cards of units and return them by (question, item), lists read."""

    def write(cells, review, *questions, units=(("pet", "i"),), columns=COLUMNS, **choices):
        with taken(cells, columns, *(questions or (PET,)), review=review, **choices) as found:
            found.write_cards(set(units), tmp_path / "cards.parquet")
        lists = ("labels", "shown", "pair", "answers")
        rows = pq.read_table(tmp_path / "cards.parquet").to_pylist()
        read = [{**row, **{name: json.loads(row[name]) for name in lists}} for row in rows]
        return {(row["question_id"], row["item_id"]): row for row in read}

    return write


def test_a_card_shows_what_the_configuration_names_in_its_order(cards):
    found = cards(ROWS, Review(show=("file", "text"), image="file", media="m"))["pet", "i"]
    assert [shown["name"] for shown in found["shown"]] == ["file", "text"]
    assert (found["image"], found["labels"], found["scale"]) == (
        "a/i.png",
        ["cat", "dog"],
        "nominal",
    )


def test_only_the_units_that_were_asked_for_have_cards(cards):
    assert list(cards(ROWS, Review(), units=[("pet", "j"), ("pet", "z")])) == [
        ("pet", "j"),
        ("pet", "z"),
    ]
    assert cards(ROWS, Review(), units=[]) == {}


def test_answers_show_people_as_every_output_does(cards):
    found = cards(ROWS, Review())["pet", "i"]["answers"]
    assert [answer["annotator_id"] for answer in found] == ["masked-1", "w2"]
    found = cards(ROWS, Review(), key=b"secret")["pet", "i"]["answers"]
    assert {answer["annotator_id"][:2] for answer in found} == {"a-"}


def test_gold_and_models_answer_after_people_and_are_told_apart(cards):
    cells = {**ROWS, "kind": ["model", "human", "human"], "truth": ["dog", "dog", None]}
    columns = Columns(
        "item", "who", label="label", batch="batch", gold="truth", annotator_kind="kind"
    )
    found = cards(cells, Review(), columns=columns)["pet", "i"]["answers"]
    assert [(answer["kind"], answer["label"]) for answer in found] == [
        ("human", "dog"),
        ("gold", "dog"),
        ("model", "cat"),
    ]


def test_where_rows_differ_the_first_that_says_something_is_shown_and_told(cards):
    cells = {**ROWS, "text": ["one", "two", "three"]}
    found = cards(cells, Review(show=("text",)), units=[("pet", "i"), ("pet", "j")])
    shown = {item: card["shown"][0] for (_, item), card in found.items()}
    assert shown["i"] == {"name": "text", "text": "one", "left_out": 0, "differs": True}
    assert (shown["j"]["text"], shown["j"]["differs"]) == ("three", False)
    assert cards(ROWS, Review(show=("text",)))["pet", "i"]["shown"][0]["text"] == "two"


def test_a_long_text_is_cut_and_says_by_how_much(cards):
    cells = {**ROWS, "text": ["\U0001f600" * 20_007, None, None]}
    (shown,) = cards(cells, Review(show=("text",)))["pet", "i"]["shown"]
    assert (shown["text"], shown["left_out"]) == ("\U0001f600" * 20_000, 7)


def test_two_texts_can_be_shown_side_by_side(cards):
    found = cards({**ROWS, "other": ["x", "x", "y"]}, Review(pair=("text", "other")))
    assert [shown["text"] for shown in found["pet", "i"]["pair"]] == ["two", "x"]


def test_many_answers_are_cut_and_counted(cards):
    many = {
        "item": ["i"] * 205,
        "who": [f"w{n}" for n in range(205)],
        "label": ["cat"] * 205,
        "batch": ["b"] * 205,
    }
    found = cards(many, Review())["pet", "i"]
    assert (len(found["answers"]), found["answers_left_out"]) == (200, 5)


def test_each_question_shows_the_rows_that_answer_it(cards):
    cells = {
        "item": ["i", "i"],
        "who": ["w", "w"],
        "aspect": ["pet", "wet"],
        "label": ["cat", "n"],
        "batch": ["b", "b"],
        "text": ["which animal?", "is it wet?"],
    }
    columns = Columns("item", "who", label="label", batch="batch", question="aspect")
    asked = (PET, Question("wet", "nominal"))
    units = [("pet", "i"), ("wet", "i")]
    found = cards(cells, Review(show=("text",)), *asked, units=units, columns=columns)
    assert [card["shown"][0]["text"] for card in found.values()] == ["which animal?", "is it wet?"]
    assert found["wet", "i"]["labels"] == ["n"]  # as observed, where none are declared


def test_a_column_for_each_annotator(cards):
    cells = {"item": ["i"], "r1": ["cat"], "r2": [None], "batch": ["b"], "text": ["one"]}
    columns = Columns("item", annotators=("r1", "r2"), batch="batch")
    found = cards(cells, Review(show=("text",)), columns=columns)["pet", "i"]
    assert [answer["annotator_id"] for answer in found["answers"]] == ["r1"]
    assert found["shown"][0]["text"] == "one"


def test_hostile_names_and_texts_are_only_text(cards):
    name, text = "a'); drop table source; --", "<script>\x00\u202e\"'"
    cells = {**ROWS, name: [text, None, None]}
    (shown,) = cards(cells, Review(show=(name,)))["pet", "i"]["shown"]
    assert (shown["name"], shown["text"]) == (name, text)


def test_a_column_that_was_not_delivered_is_named_with_the_nearest():
    shown = Review(show=("captoin",)).columns
    with pytest.raises(InputError) as said:
        check(COLUMNS, [PET], ["item", "who", "label", "batch", "caption"], (), "d", shown)
    assert said.value.examples == ("review.show = 'captoin' (did you mean 'caption'?)",)


def test_cards_do_not_show_who_people_are():
    shown = Review(pair=("who", "label")).columns
    with pytest.raises(UsageError, match="would show who people are"):
        check(COLUMNS, [PET], list(ROWS), (), "d", shown)
