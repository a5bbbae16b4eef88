"""Addresses of cards and queues, and what must not happen while they are shown."""

from __future__ import annotations

import http.client
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from browser_work import decided, look, press, serve, wait_for_card
from labelaudit.review import Filter, open_store
from review_runs import NOON, item, items, run_folder

HOSTILE = [
    "<img src=http://evil.invalid/a onerror=document.title='owned'>",
    "![x](http://evil.invalid/b) [y](javascript:alert(1)) :red[z] $x^2$",
    "</style><script>document.title='owned'</script>",
    "\x1b[31mred\u202egnissik",
    "x" * 1_000_000,
]


def test_an_address_leads_to_one_card(take_in, open_page, store):
    run = take_in()
    flag = store.flags(Filter(run), size=50).flags[6]
    page = open_page(f"review?run={run}&flag={flag.id}")
    assert wait_for_card(page) == "i7"
    press(page, "a")
    assert set(decided(store, run)) == {"i7"}


def test_the_address_follows_the_card(reviewing, store):
    page, run = reviewing()
    press(page, "j")
    flag = store.flags(Filter(run)).flags[1]
    page.wait_for_url(f"**flag={flag.id}*")


def test_a_queue_in_the_address_is_the_queue_on_screen(take_in, open_page):
    run = take_in([item(f"i{n}", batch_id=f"b{n % 2}", rank=n) for n in range(6)])
    page = open_page(f"review?run={run}&batch=b1&order=newest")
    assert wait_for_card(page) == "i5"
    assert press(page, "a") == "i5"
    assert wait_for_card(page) == "i3"


def test_an_empty_filter_leads_back_to_all_cards_in_the_same_tab(take_in, open_page):
    page = open_page(f"review?run={take_in()}&find=no-such-item")
    page.get_by_text("No card fits").wait_for()
    page.get_by_text("All flags of the run").click()
    assert wait_for_card(page) == "i1"
    assert len(page.context.pages) == 1


def test_hostile_labels_are_shown_as_written_and_reach_nobody(take_in, open_page, served):
    units = [
        item(f"i{n}", rank=n, consensus=text, votes=f"2 x {text}, 1 x dog", risk=0.5 - n / 100)
        for n, text in enumerate(HOSTILE)
    ]
    asked = []
    page = open_page("")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served.url}/review?run={take_in(units)}")
    for text in HOSTILE[:3]:
        wait_for_card(page)
        page.locator(".la-label").get_by_text(text[:60]).wait_for()
        press(page, "a")
    assert all(url.startswith((served.url, "data:", "blob:")) for url in asked)
    assert page.title() != "owned"
    assert page.locator(".la-card img, .la-label img, button img").count() == 0


def test_what_was_confirmed_is_there_after_the_server_was_killed(tmp_path, open_page):
    db = str(tmp_path / "reviews.db")
    folder = run_folder(tmp_path / "runs/r1", items(12))
    with open_store(db) as store:
        run = store.import_run(folder, "lead", NOON).run.id
    with closing(serve(db, tmp_path / "runs")) as served:
        page = open_page(f"review?run={run}", served)
        confirmed = [press(page, "a") for _ in range(3)]
        look(page)
        page.keyboard.press("a")
        served.kill()
    with open_store(db) as store:
        assert set(confirmed) <= set(decided(store, run)) <= {*confirmed, "i4"}
        assert store.verify().broken is None


@pytest.mark.parametrize(("name", "status"), [("127.0.0.1", 101), ("evil.invalid", 403)])
def test_a_page_elsewhere_cannot_reach_the_app_under_a_name_of_its_own(served, name, status):
    port = urlsplit(served.url).port
    asked = {
        "Host": f"{name}:{port}",
        "Origin": f"http://{name}:{port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as asking:
        asking.request("GET", "/_stcore/stream", headers=asked)
        assert asking.getresponse().status == status
