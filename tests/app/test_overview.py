"""The page Overview: is the delivery good enough, and what comes next."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from app.settings import Settings


def texts(test) -> str:
    """Return everything that a page says, as one text."""
    parts = [*test.markdown, *test.caption, *test.get("html"), *test.subheader]
    links = [link.label for link in test.get("page_link")]
    return "\n".join([*(str(getattr(part, "value", None) or part.body) for part in parts), *links])


@pytest.fixture
def copied(sample_run, review, tmp_path):
    """Return a run folder of one's own that the pages show."""
    place = tmp_path / "runs" / sample_run.name
    shutil.copytree(sample_run, place)
    settings = Settings(runs=(str(place.parent),), db=str(tmp_path / "reviews.db"))
    settings.store()
    return place


def test_the_first_run_is_told_how_to_begin(page, empty):
    found = page("overview")
    assert "labelaudit demo" in texts(found)


def test_the_state_of_the_gate_stands_first_in_words(page, review):
    found = page("overview")
    assert "Not accepted" in texts(found)
    assert "rejected: me-05, me-07, nw-06" in texts(found)


def test_what_the_gate_would_say_is_marked_as_not_asked(page, review):
    assert "gate not asked; it would exit 1" in texts(page("overview"))


def test_a_gate_that_was_asked_shows_its_day_waivers_and_ledger(page, copied):
    waived = {"batch_id": "me-05", "check": "low-gold-accuracy", "owner": "ann"}
    gate = {
        "exit_code": 3,
        "reason": "undecided: nw-07",
        "today": "2026-05-01",
        "waived": [{**waived, "expires": "2026-06-01", "reason": "gold is old"}],
        "waivers": {"expired": []},
        "ledger": {"entries": 4, "sha256": "0a" * 32},
    }
    (copied / "gate.json").write_text(json.dumps(gate), encoding="utf-8")
    said = texts(page("overview"))
    assert "Not decided yet" in said
    assert "gold is old" in said
    assert "ledger entry 4" in said


def test_the_three_next_steps_say_what_to_send_back_and_what_to_order(page, review):
    said = texts(page("overview"))
    assert "Send me\\-05 back to meridian" in said
    assert "To decide me\\-02" in said


def test_every_batch_has_a_line_the_rejected_ones_first(page, review):
    table = page("overview").dataframe[0].value
    assert list(table["Verdict"][:3]) == ["✕ reject"] * 3
    assert len(table) == 14


def test_agreement_is_shown_with_its_interval_and_as_a_picture(page, review):
    table = page("overview").dataframe[0].value.set_index("Batch")
    assert table.loc["nw-06", "Agreement"] == "0.51 [0.40, 0.60]"
    assert table.loc["nw-06", "0 to 1"].startswith("data:image/svg+xml")


def test_a_change_is_called_one_only_where_it_is_more_than_chance(page, review):
    table = page("overview").dataframe[0].value.set_index("Batch")
    assert table.loc["nw-06", "Change"] == "▼ fell -0.37"
    assert table.loc["nw-02", "Change"].startswith("= no clear change")
    assert table.loc["nw-07", "Change"] == "- not enough data"


def test_batches_can_be_narrowed_to_a_verdict(page, review):
    found = page("overview", verdict="reject")
    assert set(found.dataframe[0].value["Batch"]) == {"me-05", "me-07", "nw-06"}


def test_another_question_shows_its_own_agreement(page, review):
    found = page("overview").selectbox(key="asked").set_value("quality").run()
    table = found.dataframe[0].value.set_index("Batch")
    assert table.loc["nw-06", "Agreement"].startswith("0.92")


def test_batches_unlike_the_others_are_named_in_a_line(page, review):
    assert "Unlike the other batches" in texts(page("overview"))


def test_a_run_whose_folder_is_gone_says_that_decisions_are_safe(page, copied):
    shutil.rmtree(copied)
    assert "Decisions are safe" in page("overview").warning[0].value


def test_a_half_written_run_says_to_audit_again_and_shows_nothing_else(page, copied):
    (copied / "audit.json").write_text('{"schema_version": "1"}', encoding="utf-8")
    found = page("overview")
    assert "expected the document of a whole run" in found.exception[0].message
    assert not found.dataframe


HOSTILE = "<img src=x onerror=alert(1)>![a](http://b) \u202e" + "x" * 1_000_000


def test_hostile_names_are_shown_short_and_as_they_were_written(page, copied):
    text = (copied / "audit.json").read_text(encoding="utf-8")
    named = text.replace('"me-05"', json.dumps(HOSTILE)).replace('"northwind"', '"<b>nw</b>"')
    (copied / "audit.json").write_text(named, encoding="utf-8")
    found = page("overview")
    table = found.dataframe[0].value
    assert "<b>nw</b>" in set(table["Vendor"])
    assert max(map(len, table["Batch"])) <= 80
    said = texts(found)
    assert "<img" not in said.replace("\\<", "")
    assert "\u202e" not in said
    assert len(said) < 20_000


def test_an_older_run_stays_chosen_on_the_next_page(page, review, tmp_path):
    old = review.runs()[0].id
    found = page("overview", run=old)
    del found.query_params["run"]
    assert found.run().session_state["labelaudit-run"] == old


def test_a_run_that_a_gate_let_through_shows_the_waived_batch(page, copied):
    row = {"batch_id": "me-05", "verdict": "reject", "reasons": [], "thresholds": []}
    gate = {"exit_code": 0, "reason": "only by a waiver", "batches": [{**row, "let_through": True}]}
    (copied / "gate.json").write_text(json.dumps(gate), encoding="utf-8")
    table = page("overview").dataframe[0].value.set_index("Batch")
    assert table.loc["me-05", "Verdict"] == "✓ waived"


def test_a_waived_batch_is_not_sent_back(page, copied):
    row = {"batch_id": "me-05", "verdict": "reject", "reasons": [], "thresholds": []}
    gate = {"exit_code": 1, "reason": "", "batches": [{**row, "let_through": True}]}
    (copied / "gate.json").write_text(json.dumps(gate), encoding="utf-8")
    said = texts(page("overview"))
    assert "Send me\\-07 back" in said
    assert "let through" in said


def test_a_run_that_was_audited_again_in_place_is_called_stale(page, copied):
    text = (copied / "audit.json").read_text(encoding="utf-8")
    (copied / "audit.json").write_text(text.replace('"seed": 0', '"seed": 1'), encoding="utf-8")
    assert "Stale" in page("overview").warning[0].value


def test_agreement_that_is_not_computable_says_why(page, copied):
    document = json.loads((copied / "audit.json").read_text(encoding="utf-8"))
    for one in document["estimates"]:
        if one["batch_id"] == "me-01" and one["coefficient"] == "krippendorff-alpha":
            one |= {"value": None, "low": None, "high": None, "undefined": "no-overlap"}
    (copied / "audit.json").write_text(json.dumps(document), encoding="utf-8")
    row = page("overview").dataframe[0].value.set_index("Batch").loc["me-01"]
    assert row["Agreement"] == "no item has two labels"
    assert pd.isna(row["0 to 1"])
