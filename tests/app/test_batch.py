"""The page Batch: why the verdict is what it is, and where the batch stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.settings import Settings
from labelaudit.review import open_store

HOSTILE = "<img src=x onerror=alert(1)>![a](http://b)\u202e"
CONFIG = """
[delivery]
reader = "csv-long"
[columns]
item = "item"
annotator = "who"
batch = "batch"
[questions.q]
column = "label"
scale = "nominal"
labels = ["a", "b"]
"""


@pytest.fixture
def batch(page, review):
    """Return what opens the page of a batch of the sample run."""
    return lambda name: page("batch", batch=name)


@pytest.fixture
def audited(tmp_path, page):
    """Return what audits a few rows, and opens the page of one of their batches."""
    from labelaudit.cli.work import audit_data

    def opened(rows, name):
        lines = ["item,who,batch,label", *(",".join(f'"{cell}"' for cell in row) for row in rows)]
        (tmp_path / "rows.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        config = tmp_path / "labelaudit.toml"
        config.write_text(CONFIG, encoding="utf-8")
        data = (str(tmp_path / "rows.csv"),)
        run = audit_data(data, config, tmp_path / "runs", 0, None).run
        db = str(tmp_path / "own.db")
        Settings(runs=(str(run.parent),), db=db).store()
        with open_store(db) as store:
            store.import_run(run, "ann", datetime(2026, 5, 1, tzinfo=UTC))
        return page("batch", batch=name)

    return opened


def said(test) -> str:
    """Return everything that a page says, as one text without escapes."""
    parts = [*test.markdown, *test.caption, *test.get("html"), *test.title, *test.warning]
    words = (str(getattr(part, "value", None) or part.body) for part in parts)
    return "\n".join(words).replace("\\", "")


def table(test, column):
    """Return the first table that has a column."""
    return next(found.value for found in test.dataframe if column in found.value)


def test_a_batch_says_its_verdict_and_why_in_numbers(batch):
    words = said(batch("nw-06"))
    assert "Rejected" in words
    assert "krippendorff-alpha is 0.510 (upper bound 0.584), under the floor of 0.667" in words


def test_an_undecided_batch_is_not_said_to_be_under_the_floor(batch):
    strip = next(part for part in batch("me-02").get("html") if "To review" in part.body)
    assert "undecided at a floor of 0.900" in strip.body


def test_limits_show_estimate_bound_floor_and_what_would_decide(batch):
    row = table(batch("nw-07"), "Needs").iloc[0]
    assert (row["Outcome"], row["Floor"], row["Bound"]) == ("? undecided", "0.667", "lower 0.434")
    assert row["Needs"] == "label 40 more items, each by two people or more"


def test_findings_are_grouped_by_cause_with_a_page_to_read(batch):
    words = said(batch("nw-06"))
    assert "cat and dog are confused" in words
    assert "**What to do**" in words


def test_what_could_not_be_looked_at_is_said(batch):
    labels = [found.label for found in batch("nw-07").expander]
    assert any(label.startswith("Could not be looked at (") for label in labels)


def test_rejected_rows_are_shown_with_file_row_value_and_reason(batch):
    found = batch("me-07")
    row = table(found, "Reason").iloc[0]
    assert (row["Row"], row["Value"], row["Reason"]) == ("19", "horse", "label-not-in-domain")
    assert "64 x **label-not-in-domain**" in said(found)


def test_annotators_of_a_batch_stand_lowest_first_with_their_flags(batch):
    first = table(batch("nw-03"), "Annotator").iloc[0]
    assert first["Annotator"] == "w111"
    assert "annotator-below-peers" in first["Flags in this run"]


def test_confused_labels_are_named_with_their_share(batch):
    first = table(batch("nw-06"), "and").iloc[0]
    assert (first["Label"], first["and"]) == ("cat", "dog")
    assert first["Of all disagreement"] > 0.9


def test_pairs_with_few_shared_items_are_counted_and_not_shown(batch):
    assert "22 pairs share fewer than 10 items and are not shown" in said(batch("nw-07"))


def test_the_riskiest_flagged_items_are_listed(batch):
    found = table(batch("nw-06"), "Votes")
    assert len(found) == 10
    assert set(found["State"]) == {"open"}


def test_a_scale_without_equal_answers_says_what_still_holds(batch):
    found = batch("nw-06").selectbox(key="asked").set_value("relevance").run()
    assert "pairs of annotators are not compared" in said(found)


def test_the_next_batch_is_one_press_away(batch):
    found = batch("nw-06")
    found.button(key="turn-right").click().run()
    assert found.query_params["batch"] == "me-07"
    assert "Batch me-07" in said(found)


def test_an_unknown_batch_leads_back_to_all(batch):
    found = batch("<b>nw-99</b>")
    assert "no batch <b>nw-99" in said(found)
    assert found.get("page_link")[0].label == "All batches"


def test_one_annotator_per_item_says_which_checks_still_ran(audited):
    found = audited([(f"i{n}", "ann", "b1", "ab"[n % 2]) for n in range(30)], "b1")
    assert "agreement cannot be computed" in said(found)
    assert "were still checked" in said(found)


def test_a_batch_without_limits_could_not_pass(audited):
    found = audited([("i1", who, "b1", "a") for who in ("ann", "ben")], "b1")
    assert "No limit was set" in said(found)


def test_hostile_names_are_shown_as_they_were_written(audited):
    rows = [(f"i{n}", who, HOSTILE, "a") for n in range(20) for who in ("<b>ann</b>", "ben")]
    found = audited(rows, HOSTILE)
    assert "&lt;img" in found.get("html")[-1].body or "\\<img" in found.title[0].value
    assert "\u202e" not in "".join(part.value for part in found.markdown)
    assert "<b>ann</b>" in set(table(found, "Annotator")["Annotator"])


def test_a_rejected_cell_longer_than_csv_reads_by_itself_is_shown_cut(audited):
    rows = [(f"i{n}", who, "one", "a") for n in range(9) for who in ("x", "y")]
    test = audited([*rows, ("i9", "x", "one", "z" * 200_000)], "one")
    assert not test.error
    assert table(test, "Value")["Value"][0].startswith("zzz")
