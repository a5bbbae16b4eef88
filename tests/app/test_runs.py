"""The page Upload and runs: upload, settle, audit, look at the runs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
GOOD = (SAMPLES / "delivery/nw-01.csv").read_bytes()


def press(test, label):
    next(button for button in test.button if button.label == label).click()
    return test.run()


def upload(test, name, content):
    test.file_uploader[0].set_value([(name, content, "text/csv")])
    return press(test, "Read the files")


def audited(test):
    press(test, "Audit")
    for _ in range(300):
        if not [button for button in test.button if button.label == "Stop"]:
            return test
        time.sleep(0.2)
        test.run()
    raise AssertionError("the audit did not end")


def said(test):
    return " ".join(
        str(words.value)
        for kind in (test.markdown, test.error, test.caption, test.success, test.subheader)
        for words in kind
    )


def test_without_a_run_the_first_steps_are_said(page, empty):
    test = page("runs")
    assert not test.exception
    assert "No run yet" in said(test)


def test_runs_are_listed_with_their_flags(page, review):
    table = page("runs").dataframe[0].value
    (run,) = review.runs()
    assert (table["run"].tolist(), table["follows"].tolist()) == ([run.id], ["-"])
    assert table["flags open"].tolist()[0] > 100


def test_an_upload_shows_what_was_understood_of_it(page, empty):
    test = upload(page("runs"), "nw-01.csv", GOOD)
    assert not test.exception
    roles = {box.label: box.value for box in test.selectbox}
    assert (roles["item"], roles["annotator"]) == ("image_id", "worker")
    assert r"label, nominal\: bird, cat, dog, other \(gold\: truth\)" in said(test)
    assert 'scale = "nominal"' in test.text_area[0].value


def test_a_column_can_be_settled_by_hand(page, empty):
    test = upload(page("runs"), "nw-01.csv", GOOD)
    next(box for box in test.selectbox if box.label == "item").set_value("caption").run()
    press(test, "Read again with these columns")
    assert 'item = "caption"' in test.text_area[0].value


def test_a_good_upload_becomes_a_run(page, empty):
    test = audited(upload(page("runs"), "nw-01.csv", GOOD))
    assert not test.exception
    assert "The audit is done" in said(test)
    assert len(test.dataframe[0].value) == 1


def test_a_bad_upload_names_twenty_lines_and_keeps_nothing(page, empty):
    test = upload(page("runs"), "bad.csv", GOOD + b"nw-01,too,few\n" * 30)
    assert "... and 10 more" in said(test)
    assert [button.label for button in test.download_button] == ["Download the list (30 of 30)"]
    assert "No run yet" in said(test)


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00", b"a,b\n"])
def test_what_is_no_delivery_is_said_in_words(page, empty, content):
    test = upload(page("runs"), "../../a.csv", content)
    assert not test.exception
    assert test.error[0].value


def test_a_configuration_that_is_no_toml_cannot_be_audited(page, empty):
    test = upload(page("runs"), "nw-01.csv", GOOD)
    test.text_area[0].set_value("[delivery").run()
    assert "not valid TOML" in said(test)
    assert next(button for button in test.button if button.label == "Audit").disabled


def test_rows_that_were_rejected_are_shown_with_their_lines(page, empty):
    bad = GOOD.replace(b",dog,", b",hamster,", 3)
    test = upload(page("runs"), "nw-01.csv", bad)
    text = test.text_area[0].value.replace('"hamster", ', "").replace(', "hamster"', "")
    test.text_area[0].set_value(text).run()
    test = audited(test)
    rows = test.dataframe[0].value
    assert set(rows["reason"]) == {"label-not-in-domain"}
    assert set(rows["value"]) == {"hamster"}
    assert set(rows["file"]) == {"nw-01.csv"}


def test_a_run_on_disk_that_is_not_under_review_is_offered(page, review, sample_run):
    runs = page("runs")
    assert "Take in" not in [button.label for button in runs.button]


def test_a_run_of_the_command_line_can_be_taken_in(page, empty, sample_run, tmp_path):
    (tmp_path / sample_run.name).symlink_to(sample_run)
    test = press(page("runs"), "Take in")
    assert not test.exception
    assert test.dataframe[0].value["run"].tolist() == [sample_run.name]
