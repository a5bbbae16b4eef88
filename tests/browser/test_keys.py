"""Deciding by keys in a real browser."""

from __future__ import annotations

from browser_work import press, wait_for_card
from labelaudit.review import Filter


def decided(store, run):
    """Return item -> (kind, label) of what stands in a run."""
    flags = store.flags(Filter(run, status="decided"), size=500).flags
    last = ((flag.item_id, store.history(flag.id)[-1]) for flag in flags)
    return {item: (made.kind, made.label) for item, made in last}


def test_a_key_decides_the_card_on_screen_and_brings_the_next(reviewing, store):
    page, run = reviewing()
    assert press(page, "a") == "i1"
    assert wait_for_card(page) == "i2"
    assert decided(store, run) == {"i1": ("label-ok", None)}
