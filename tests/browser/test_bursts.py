"""Keys faster than eyes: nothing is decided that nobody saw."""

from __future__ import annotations

import pytest

from browser_work import decided, look, wait_for_card
from labelaudit.review import Filter

_SEEN = """() => {
  window.seen = [];
  addEventListener("keydown", () => {
    window.seen.push(document.querySelector(".la-card")?.dataset.item);
  }, true);
}"""


def rows(store, run):
    """Return how many decisions each flag of a run has."""
    flags = store.flags(Filter(run), size=500).flags
    return {flag.item_id: len(store.history(flag.id)) for flag in flags}


@pytest.mark.parametrize("gap_ms", [5, 40, 150])
def test_a_burst_decides_only_what_was_on_screen_and_nothing_twice(gap_ms, reviewing, store):
    page, run = reviewing()
    wait_for_card(page)
    page.evaluate(_SEEN)
    look(page)
    for _ in range(8):
        page.keyboard.press("a")
        page.wait_for_timeout(gap_ms)
    page.wait_for_timeout(800)
    on_screen = set(page.evaluate("window.seen"))
    assert decided(store, run)
    assert set(decided(store, run)) <= on_screen
    assert max(rows(store, run).values()) == 1


def test_a_key_held_down_decides_one_card(reviewing, store):
    page, run = reviewing()
    wait_for_card(page)
    look(page)
    for _ in range(45):  # as a keyboard repeats a key that is held
        page.keyboard.down("a")
        page.wait_for_timeout(30)
    page.keyboard.up("a")
    page.wait_for_timeout(500)
    assert set(decided(store, run)) == {"i1"}


def test_paced_presses_all_count(reviewing, store):
    page, run = reviewing()
    wait_for_card(page)
    for _ in range(4):
        page.wait_for_timeout(600)
        page.keyboard.press("a")
    page.wait_for_timeout(500)
    assert len(decided(store, run)) == 4
