"""Deciding by keys in a real browser."""

from __future__ import annotations

from browser_work import decided, look, press, wait_for_card


def test_a_key_decides_the_card_on_screen_and_brings_the_next(reviewing, store):
    page, run = reviewing()
    assert press(page, "a") == "i1"
    assert wait_for_card(page) == "i2"
    assert decided(store, run) == {"i1": ("label-ok", None)}


def test_ten_items_are_reviewed_by_keyboard_alone(reviewing, store):
    page, run = reviewing(10)
    seen = [press(page, key) for key in "adfx2a1"]
    for _ in range(3):  # which label is right is not known
        wait_for_card(page)
        look(page)
        page.keyboard.press("s")
        page.get_by_text("Which label is right?").wait_for()
        seen.append(press(page, "s"))
    assert seen == [f"i{n}" for n in range(1, 11)]
    page.get_by_text("10 of 10 decided").or_(page.get_by_text("9 of 10 decided")).first.wait_for()
    kinds = "label-ok ambiguous bad-item label-wrong label-ok label-ok".split()
    made = decided(store, run)
    assert [made[f"i{n}"][0] for n in (1, 2, 3, 5, 6, 7)] == kinds
    assert made["i5"] == ("label-wrong", "dog")
    assert {made[f"i{n}"] for n in (8, 9, 10)} == {("label-wrong", None)}


def test_undo_takes_the_last_decision_back_and_shows_its_card(reviewing, store):
    page, run = reviewing()
    press(page, "a")
    press(page, "z")
    assert wait_for_card(page, other_than="i2") == "i1"
    page.get_by_text("Taken back: label ok").wait_for()
    assert decided(store, run) == {}
    press(page, "d")
    assert decided(store, run) == {"i1": ("ambiguous", None)}


def test_undo_after_a_reload_takes_back_what_was_decided_before_it(reviewing, store):
    page, run = reviewing()
    press(page, "a")
    page.reload()
    assert wait_for_card(page) == "i2"
    press(page, "z")
    assert decided(store, run) == {}


def test_what_is_typed_into_the_note_decides_nothing_and_is_kept(reviewing, store):
    page, run = reviewing()
    wait_for_card(page)
    page.get_by_placeholder("Note for").fill("a dog, as in the guide")
    page.keyboard.press("Enter")
    press(page, "a")
    (flag,) = store.flags(store_filter(run)).flags
    assert store.history(flag.id)[-1].note == "a dog, as in the guide"


def test_next_and_previous_move_and_decide_nothing(reviewing, store):
    page, run = reviewing()
    press(page, "j")
    press(page, "j")
    assert wait_for_card(page, other_than="i2") == "i3"
    press(page, "k")
    assert wait_for_card(page) == "i2"
    assert decided(store, run) == {}


def test_a_reload_in_mid_decision_shows_the_same_card_undecided(reviewing, store):
    page, run = reviewing()
    press(page, "a")
    look(page)
    page.keyboard.press("s")
    page.get_by_text("Which label is right?").wait_for()
    page.reload()
    assert wait_for_card(page) == "i2"
    assert set(decided(store, run)) == {"i1"}


def store_filter(run):
    from labelaudit.review import Filter

    return Filter(run, status="decided")
