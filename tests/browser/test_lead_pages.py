"""The pages of those who lead, in a browser: ways from one to the next, and hostile names."""

from __future__ import annotations

import csv
import json
from shutil import copytree

import pytest

from labelaudit.cli.work import audit_data
from labelaudit.review import Filter
from review_runs import NOON

LABEL = "![x](http://evil.invalid/b) :red[z] $x^2$"
BATCH = "</style><script>document.title='owned'</script>"
PERSON = "<img src=http://evil.invalid/a onerror=document.title='owned'>"
VENDOR = "[y](javascript:alert(1))\u202egnissik"
CONFIG = f"""
[delivery]
reader = "csv-long"
[columns]
item = "item"
annotator = "who"
batch = "batch"
vendor = "vendor"
[questions.q]
column = "label"
scale = "nominal"
labels = [{json.dumps(LABEL)}, "b"]
[policy]
min_agreement = 0.8
"""


@pytest.fixture
def hostile(tmp_path, served, store):
    """Audit a delivery whose every name wants to act; return the run's id."""
    people = (PERSON, "ben", "cal")
    rows = [
        {"item": f"i{n}", "who": who, "batch": batch, "vendor": VENDOR, "label": answer}
        for batch in (BATCH, "b2")
        for n in range(40)
        for who in people
        for answer in [LABEL if who == PERSON or n % 2 else "b"]
    ]
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "item": f"{row['batch'][:2]}-{row['item']}"} for row in rows)
    config = tmp_path / "labelaudit.toml"
    config.write_text(CONFIG, encoding="utf-8")
    run = audit_data((str(tmp_path / "rows.csv"),), config, tmp_path / "runs", 0, None).run
    copytree(run, served.runs / run.name)
    return store.import_run(run, "lead", NOON).run.id


def heading(page, words):
    """Wait for a page by its title."""
    page.get_by_role("heading", name=words, exact=False).first.wait_for()


def test_a_row_leads_to_its_batch_and_back(sample, open_page):
    page = open_page(f"overview?run={sample}")
    heading(page, "Overview")
    page.get_by_role("link", name="Details").first.click()
    heading(page, "Batch me-")
    assert f"run={sample}" in page.url
    page.get_by_role("button", name="After").click()
    page.wait_for_url("**batch=nw-03*")
    page.go_back()
    heading(page, "Batch me-02")
    page.go_back()
    heading(page, "Overview")


def test_the_chosen_run_stays_from_page_to_page(sample, take_in, open_page):
    take_in()
    page = open_page(f"overview?run={sample}")
    heading(page, "Overview")
    page.get_by_text("What to do next").wait_for()
    page.get_by_role("link", name="Annotators and vendors").first.click()
    page.get_by_text("What to send back").wait_for()


@pytest.mark.parametrize("path", ["overview?", "batch?batch={batch}&", "people?annotator={who}&"])
def test_hostile_names_act_on_no_page_and_reach_nobody(hostile, open_page, served, path):
    from urllib.parse import quote

    asked, page = [], open_page("runs")
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    named = path.format(batch=quote(BATCH), who=quote(PERSON))
    page.goto(f"{served.url}/{named}run={hostile}")
    page.locator('[data-testid="stDataFrame"]').last.wait_for()
    page.wait_for_timeout(1_000)
    assert page.title() != "owned"
    assert all(url.startswith((served.url, "data:", "blob:")) for url in asked)
    assert page.locator('img[src*="evil"], a[href^="javascript"]').count() == 0


def test_a_flagged_item_of_a_batch_opens_its_card(sample, open_page, store):
    flag = store.flags(Filter(sample, batch_id="nw-06"), size=1).flags[0]
    page = open_page(f"batch?run={sample}&batch=nw-06", viewport={"width": 1280, "height": 2000})
    heading(page, "Flagged items")
    table = page.locator('[data-testid="stDataFrame"]').nth(1)
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(1_500)
    box = table.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 70, box["y"] + 52)
    page.wait_for_url(f"**/review?*flag={flag.id}*")


def test_what_is_looked_at_on_a_batch_does_not_narrow_the_review(sample, open_page):
    page = open_page(f"batch?run={sample}&batch=nw-06&asked=relevance")
    page.get_by_role("link", name="Review them").click()
    heading(page, "Review")
    page.get_by_text("Show the queue").wait_for()
    assert "asked" not in page.url
    assert "question=" not in page.url
