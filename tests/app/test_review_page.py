"""The review page without a browser: what it shows in each state, and what its buttons do."""

from __future__ import annotations

import json
import os
from datetime import timedelta

import pytest

from app import state
from app.components.review.desk import DWELL_S
from app_pages import press, words
from labelaudit.review import Choice, Filter
from review_runs import NOON


@pytest.fixture
def run(review):
    """Return the id of the run under review."""
    return review.runs()[0].id


def decided(review, run):
    return review.counts(Filter(run))["decided"]


def test_a_card_says_why_it_is_there_and_offers_every_decision(review, page):
    test = page("review")
    assert not test.exception
    keys = " ".join(button.key or "" for button in test.button)
    assert all(name in keys for name in ("label-ok", "wrong", "ambiguous", "bad-item", "skip"))
    assert "chose" in words(test)


def test_a_decision_is_recorded_with_its_order_time_and_probability(review, run, page):
    press(page("review"), "label-ok")
    (flag,) = review.flags(Filter(run, status="decided")).flags
    (made,) = review.history(flag.id)
    assert (made.kind, made.queue_order, made.probability) == ("label-ok", "risk", 1.0)
    assert made.shown_ms >= DWELL_S * 1000


def test_a_press_before_anybody_could_look_is_refused(review, run, page):
    test = page("review")
    button = next(b for b in test.button if b.key.startswith("label-ok"))
    button.click().run()
    assert decided(review, run) == 0


def test_presses_that_follow_at_once_decide_nothing_more(review, run, page):
    test = press(page("review"), "label-ok")
    for _ in range(5):
        next(b for b in test.button if b.key.startswith("label-ok")).click().run()
    assert decided(review, run) == 1


def test_the_right_label_is_recorded_with_a_wrong_one(review, run, page):
    test = page("review", question="label")
    test = press(test, "label4")
    (flag,) = review.flags(Filter(run, status="decided")).flags
    made = review.history(flag.id)[-1]
    assert (made.kind, made.label) in {("label-wrong", "other"), ("label-ok", None)}


def test_a_viewer_sees_and_decides_nothing(review, run, page, monkeypatch):
    settings = {**json.loads(os.environ["LABELAUDIT_REVIEW"]), "team": True}
    monkeypatch.setenv("LABELAUDIT_REVIEW", json.dumps(settings))
    test = page("review")
    assert all(b.disabled for b in test.button if b.key.startswith("label-ok"))
    assert review.flags(Filter(run)).flags[0].claimed_by is None


def test_blind_mode_hides_what_others_answered(review, page):
    test = page("review", question="label")
    assert ">Votes<" in words(test)
    test.toggle(key="blind-first").set_value(True).run()
    assert ">Votes<" not in words(test)
    assert "northwind" not in words(test)
    assert "meridian" not in words(test)


def test_the_second_round_is_blind_from_the_start(review, run, page):
    flag = review.flags(Filter(run)).flags[0]
    review.decide(flag.id, 0, "bob", Choice("label-ok"), NOON)
    review.open_second_round(run, 1.0, "lead", NOON)
    (again,) = review.flags(Filter(run, round=2)).flags
    test = page("review", flag=str(again.id))
    assert "round 2" in words(test)
    assert ">Votes<" not in words(test)


def test_a_decided_card_says_what_was_decided_and_by_whom(review, run, page):
    flag = review.flags(Filter(run)).flags[0]
    review.decide(flag.id, 0, "bob", Choice("bad-item", note="all black"), NOON)
    test = page("review", flag=str(flag.id))
    assert "Bad item" in words(test)
    assert "bob" in words(test)
    assert "all black" in words(test)


def test_a_card_that_somebody_has_open_can_be_seen_and_not_decided(review, run, page):
    flag = review.flags(Filter(run)).flags[0]

    review.claim(flag.id, "bob", state.now())
    test = page("review", flag=str(flag.id))
    assert "bob has this card open" in words(test)
    assert all(b.disabled for b in test.button if b.key.startswith("ambiguous"))


def test_a_claim_that_ran_out_lets_another_reviewer_in(review, run, page):
    flag = review.flags(Filter(run)).flags[0]

    review.claim(flag.id, "bob", state.now() - timedelta(minutes=6))
    test = page("review", flag=str(flag.id))
    assert not any(b.disabled for b in test.button if b.key.startswith("ambiguous"))
