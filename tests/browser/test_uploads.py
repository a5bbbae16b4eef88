"""Uploading a delivery with a browser: a good one, a bad one."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
GOOD = (SAMPLES / "delivery/nw-02.csv").read_bytes()


def upload(page, name, content):
    page.get_by_text("Read the files").wait_for()
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_text(name.rpartition("/")[2]).first.wait_for()
    page.get_by_text("Read the files").click()


def test_a_good_file_becomes_a_run_under_review(open_page):
    page = open_page("runs")
    upload(page, "nw-02.csv", GOOD)
    page.get_by_text("What the columns mean").wait_for()
    page.get_by_role("button", name="Audit", exact=True).click()
    page.get_by_text("The audit is done").wait_for(timeout=60_000)


def test_of_a_bad_file_the_lines_are_named_and_nothing_is_kept(open_page, store):
    before = store.runs()
    page = open_page("runs")
    upload(page, "bad.csv", GOOD + b"nw-02,too,few\n" * 30)
    page.get_by_text("line 802: 3 fields instead of 11").wait_for()
    page.get_by_text("Download the list (30 of 30)").wait_for()
    assert store.runs() == before


def test_a_file_of_another_kind_is_refused(open_page):
    page = open_page("runs")
    page.get_by_text("Read the files").wait_for()
    file = {"name": "a.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_text("files are not allowed").wait_for()
