"""The card: words for every reason, and what is drawn of items of every kind."""

from __future__ import annotations

import json

import pytest
from streamlit import config

import app.server  # noqa: F401  it is what sets the option
from app.components.review import reasons
from app.components.review.picture import shapes
from app.components.review.spans import Span, marked
from app_pages import words
from labelaudit.checks import CHECKS
from labelaudit.queue.reasons import reason
from labelaudit.review import open_store
from review_runs import NOON, card, item, run_folder, write_cards

SPANS = '[{"start": 0, "end": 4, "label": "PER"}, {"start": 2, "end": 7, "label": "<b>"}]'


def test_every_check_has_words():
    names = {check.NAME for check in CHECKS}
    assert names <= set(reasons.CHECKS)


@pytest.mark.parametrize(
    ("votes", "label", "gold"),
    [([(1, 0)], 0, -1), ([(2, 0)], 0, -1), ([(1, 0), (1, 1)], 0, -1), ([(2, 0), (1, 1)], 0, -1)],
)
def test_every_reason_has_words(votes, label, gold):
    for known in (True, False):
        for ambiguous in (True, False):
            code = reason(votes, label, gold, known=known, ambiguous=ambiguous)
            assert code in reasons.REASONS


def test_overlapping_spans_are_cut_at_every_boundary():
    text = marked("a\U0001f600b", [Span(0, 2, "X"), Span(1, 3, "Y")])
    assert text.count("<mark>") == 3
    assert "\U0001f600<sub>X, Y</sub>" in text


def test_spans_beyond_the_text_or_turned_around_mark_nothing():
    assert (
        marked("ab", [Span(5, 9, "X"), Span(1, 1, "Y"), Span(2, 1, "Z"), Span(-4, 1, "W")]) == "ab"
    )


def test_what_is_no_shape_is_not_drawn():
    assert shapes('[{"label": "x"}, {"points": "oops"}, 3]') == []
    assert shapes("not json") == []


def test_the_server_can_still_switch_the_collection_of_garbage_off():
    # without it a fragment takes twice as long: use full runs if a release removes it
    assert "runner.postScriptGC" in config.get_config_options()


@pytest.fixture
def shown(tmp_path, page):
    """Return what shows a card of these contents on the review page."""
    from app.settings import Settings

    def show(**contents):
        unit = item("i1")
        folder = run_folder(tmp_path / "r", [unit])
        write_cards(folder, [card(unit, **contents)])
        db = str(tmp_path / "reviews.db")
        with open_store(db) as store:
            store.import_run(folder, "lead", NOON)
        Settings(runs=(str(tmp_path),), db=db).store()
        return page("review")

    return show


def test_several_texts_and_a_pair_stand_on_the_card(shown):
    text = '[{"name": "prompt", "text": "Why?", "left_out": 3}]'
    pair = (
        '[{"name": "a", "text": "One", "left_out": 0}, {"name": "b", "text": "Two", "left_out": 0}]'
    )
    told = words(shown(shown=text, pair=pair))
    assert all(part in told for part in ("prompt", "Why?", "3 more characters", "One", "Two"))


def test_spans_of_all_annotators_are_marked_in_the_text(shown):
    answers = json.dumps(
        [{"annotator_id": "w1", "kind": "human", "label": SPANS, "duration_s": None}]
    )
    text = '[{"name": "text", "text": "Anna <i> ran", "left_out": 0}]'
    told = words(shown(scale="spans", labels="[]", shown=text, answers=answers))
    assert "<mark>na<sub>PER, &lt;b&gt;</sub></mark>" in told


def test_a_picture_that_is_missing_says_so_and_how_to_decide(shown):
    told = words(shown(image="deep/none.png", scale="boxes", labels="[]"))
    assert "No picture at <b>deep/none.png</b>" in told
    assert "Bad item" in told


def test_hostile_texts_are_shown_as_written(shown):
    text = '[{"name": "<b>n</b>", "text": "<script>x</script>", "left_out": 0}]'
    told = words(shown(shown=text))
    assert "&lt;script&gt;x&lt;/script&gt;" in told
    assert "<script>" not in told
