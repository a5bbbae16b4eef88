"""The page Annotators and vendors: rates with intervals, flags with both sides, letters."""

from __future__ import annotations

import pytest

from app import state
from app.state import Me


@pytest.fixture
def people(page, review):
    """Return what opens the page on the sample run."""
    return lambda **query: page("people", **query)


@pytest.fixture
def flag(review):
    """Return the first flag on w111."""
    run = review.runs()[0].id
    return next(one for one in review.people(run) if one.annotator_id == "w111")


def said(test) -> str:
    """Return everything that a page says, as one text without escapes."""
    parts = [*test.markdown, *test.caption, *test.get("html"), *test.subheader]
    words = (str(getattr(part, "value", None) or part.body) for part in parts)
    return "\n".join(words).replace("\\", "")


def record(found, flag, side, becomes, why):
    """Say something of a flag on the page."""
    key = f"{flag.id}-{flag.version}"
    if side != "buyer":
        found.segmented_control(key=f"side-{key}").set_value(side).run()
    found.selectbox(key=f"state-{key}").set_value(becomes)
    found.text_area(key=f"why-{key}").set_value(why)
    return found.button(key=f"record-{key}").click().run()


def test_without_a_run_the_first_steps_are_told(page, empty):
    assert "labelaudit demo" in said(page("people"))


def test_flagged_annotators_stand_first_with_rates_and_intervals(people):
    first = people().dataframe[0].value.iloc[0]
    assert first["Annotator"] == "w111"
    assert first["Gold"] == "0.29 [0.14, 0.48]"
    assert first["Peers"] == "0.26 [0.17, 0.37]"
    assert first["Flags"] == "○ 3 open"


def test_a_question_without_gold_has_no_column_of_gold(people):
    assert "Gold" not in people(asked="quality").dataframe[0].value


def test_a_link_to_an_annotator_shows_the_evidence_and_items_to_open(people):
    found = people(annotator="w111")
    assert "agrees with the others on 25.7% of 75 shared units" in said(found)
    items = next(one.value for one in found.dataframe if "Their answer" in one.value)
    assert tuple(items.iloc[0]) == ("img-03007", "label", "dog", "4 x bird", "-")


def test_words_about_a_person_ask_and_do_not_conclude(people):
    words = said(people(annotator="w112")).lower()
    assert "not a conclusion" in words
    assert not {"spammer", "fraud", "cheat", "liar"} & set(words.split())


def test_both_of_a_pair_have_the_evidence_of_it(people):
    assert "w113 and w114 gave the same answer" in said(people(annotator="w114"))


def test_a_lead_settles_a_flag_with_a_note_and_the_history_shows_it(people, review, flag):
    found = record(people(annotator="w111"), flag, "buyer", "upheld", "seen ten items with them")
    assert "seen ten items with them" in said(found)
    now = next(one for one in review.people(flag.run_id) if one.id == flag.id)
    assert (now.state, now.history[0].side) == ("upheld", "buyer")


def test_the_vendor_is_heard_and_can_only_appeal(people, review, flag):
    found = record(people(annotator="w111"), flag, "vendor", "appealed", "the guideline changed")
    assert "the guideline changed" in said(found)
    key = f"{flag.id}-1"
    found.segmented_control(key=f"side-{key}").set_value("vendor").run()
    assert found.selectbox(key=f"state-{key}").options == ["△ appealed (as it is)"]


def test_nothing_is_recorded_without_a_reason(people, review, flag):
    found = record(people(annotator="w111"), flag, "buyer", "withdrawn", " ")
    assert "Not recorded" in found.toast[0].value
    assert next(one for one in review.people(flag.run_id) if one.id == flag.id).state == "open"


def test_who_is_no_lead_can_read_and_not_settle(people, monkeypatch):
    monkeypatch.setattr(state, "me", lambda: Me("eve", "reviewer", verified=True))
    found = people(annotator="w111")
    assert "25.7%" in said(found)
    assert not found.text_area


def test_a_callback_of_who_is_no_lead_any_more_records_nothing(people, review, flag, monkeypatch):
    found = people(annotator="w111")
    monkeypatch.setattr(state, "me", lambda: Me("eve", "reviewer", verified=True))
    found = record(found, flag, "buyer", "upheld", "because")
    assert "needs a lead" in found.exception[0].message
    assert next(one for one in review.people(flag.run_id) if one.id == flag.id).state == "open"


def test_vendors_are_compared_on_the_items_they_share_with_intervals(people):
    pairs = next(one.value for one in people().dataframe if "Shared items" in one.value)
    first = pairs.iloc[0]
    assert (first["Vendors"], first["Shared items"]) == ("meridian - northwind", "100")
    assert first["Difference"] == "0.01 [-0.04, 0.07]"
    assert first["In words"] == "no clear difference"


def test_the_letter_to_a_vendor_can_be_read_and_downloaded(people):
    found = people(letter="northwind")
    assert "Hello northwind" in said(found)
    assert "nw-06: not accepted yet" in said(found)
    assert found.get("download_button")
