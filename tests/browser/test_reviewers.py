"""Several reviewers over one store: each card is decided once, by whom it says."""

from __future__ import annotations

from datetime import UTC, datetime

from browser_work import decided, press, wait_for_card
from labelaudit.review import Choice, Filter
from review_runs import item

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
BATCHES = ("b1", "b2", "b3", "b4")
_PRESS = """() => setInterval(() => {
  document.dispatchEvent(new KeyboardEvent("keydown", {key: "a", code: "KeyA", bubbles: true}));
  document.dispatchEvent(new KeyboardEvent("keyup", {key: "a", code: "KeyA", bubbles: true}));
}, 350)"""


def test_two_reviewers_race_over_200_items_and_each_is_decided_once(
    take_in, open_page, served_as, store
):
    run = take_in([item(f"i{n}", batch_id=BATCHES[n % 4], rank=n) for n in range(200)])
    queues = [f"review?run={run}&batch={batch}" for batch in BATCHES]
    pages = [open_page(queue, served_as(name)) for queue in queues for name in ("ann", "bob")]
    for page in pages:
        wait_for_card(page)
        page.evaluate(_PRESS)
    for page in pages:
        page.locator(".la-finished").wait_for(timeout=180_000)
    made = [store.history(flag.id) for flag in store.flags(Filter(run), size=500).flags]
    assert [len(decisions) for decisions in made] == [1] * 200
    assert {decisions[0].reviewer for decisions in made} == {"ann", "bob"}


def test_a_card_that_somebody_else_decided_says_by_whom(reviewing, store):
    page, run = reviewing()
    wait_for_card(page)
    flag = store.flags(Filter(run)).flags[0]
    store.decide(flag.id, flag.version, "carol", Choice("bad-item"), NOW)
    press(page, "a")
    page.get_by_text("Already decided by carol at 12:00 (bad item)").wait_for()
    assert decided(store, run) == {"i1": ("bad-item", None)}


def test_a_card_that_somebody_has_open_is_not_given_to_another(reviewing, open_page, served_as):
    page, run = reviewing()
    assert wait_for_card(page) == "i1"
    other = open_page(f"review?run={run}", served_as("bob"))
    assert wait_for_card(other) == "i2"


def test_the_second_round_is_blind_and_for_another_reviewer(take_in, open_page, served_as, store):
    run = take_in(2)
    first = open_page(f"review?run={run}")
    press(first, "a")
    press(first, "a")
    store.open_second_round(run, 1.0, "lead", NOW)
    first.reload()
    first.locator(".la-finished").wait_for()  # both are for somebody else
    second = open_page(f"review?run={run}", served_as("bob"))
    wait_for_card(second)
    assert "2 chose cat" not in second.locator(".la-card").inner_text()
    press(second, "2")
    (again,) = store.flags(Filter(run, round=2, status="decided")).flags
    assert store.history(again.id)[-1].reviewer == "bob"
    assert store.open_third_round(run, "lead", NOW) == 1
