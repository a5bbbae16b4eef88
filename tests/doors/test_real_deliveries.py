"""Real deliveries, from `init` to the report, as a stranger would; skipped where absent."""

from __future__ import annotations

import json
import re

import pytest

from deliveries import write


def whole(document, coefficient):
    """Return the estimate over everything."""
    return next(
        found
        for found in document["estimates"]
        if found["coefficient"] == coefficient
        and not (found["batch_id"] or found["vendor"] or found["annotator_id"])
    )


@pytest.fixture(scope="module")
def weather(process, shared_data, tmp_path_factory):
    """Propose a configuration for the weather labels, settle what is open, and audit them."""
    folder = tmp_path_factory.mktemp("weather")
    data = shared_data / "real" / "weather_sentiment" / "annotations.csv"
    proposed = process("init", data, cwd=folder)
    stopped = process("audit", data, cwd=folder)
    config = folder / "labelaudit.toml"
    config.write_text(config.read_text().replace('duplicates = "error"', 'duplicates = "first"'))
    audited = process("audit", data, cwd=folder)
    return proposed, stopped, audited, json.loads((folder / "runs/latest/audit.json").read_text())


def test_weather_init_asks_about_the_scale_and_the_repeated_answers(weather):
    said = weather[0].out
    assert "question       label: nominal, 0, 1, 2, 3, 4\n" in said
    assert "OPEN     duplicates: 5 times the same annotator is on the same item again" in said
    assert "GUESSED  question label: 5 whole numbers: codes of classes, or an ordered" in said


def test_weather_stops_at_the_repeated_answers_with_their_lines(weather):
    _, stopped, *_ = weather
    assert stopped.code == 4
    assert re.search(r"annotator w_25883a4c7f: '3' at .*annotations\.csv:7012", stopped.err)


def test_weather_alpha_is_the_known_one(weather):
    found = whole(weather[3], "krippendorff-alpha")
    assert found["value"] == pytest.approx(0.5215, abs=5e-5)  # printed to 4 digits
    assert found["low"] < 0.5215 < found["high"]


def test_weather_shows_both_vendors_side_by_side_with_gold(weather):
    interval = r"0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]"
    for vendor, answered in {"crowdflower": "1,720", "mturk": "6,025"}.items():
        line = rf"^{vendor} +{interval} +300 +{interval} +{answered}$"
        assert re.search(line, weather[2].out, re.MULTILINE)


def test_weather_names_the_lowest_annotators(weather):
    low = {"w_385c7575d3", "w_2738bc9ec1", "w_2ea202f2c3"}
    assert low == set(re.findall(r"^x (w_\w+) +0\.[23]", weather[2].out, re.MULTILINE))
    gold = {found["annotator_id"] for found in weather[3]["estimates"] if found["annotator_id"]}
    assert len(gold) == 571


def test_bluebirds_alpha_is_the_known_one(run, shared_data, tmp_path):
    text = (shared_data / "real" / "bluebirds" / "labels.yaml").read_text()
    people = re.findall(r"(\w+): \{(.+?)\}", text, re.DOTALL)
    rows = [
        {"item": image, "annotator": person, "label": label}
        for person, given in people
        for image, label in re.findall(r"(\d+): (true|false)", given)
    ]
    data = write(tmp_path / "bluebirds.csv", rows)
    done = run("audit", data, "-o", tmp_path / "runs", "--json")
    assert (len(people), len(rows)) == (39, 4212)
    alpha = whole(done.document, "krippendorff-alpha")["value"]
    assert alpha == pytest.approx(0.1255, abs=5e-5)  # printed to 4 digits


REAL = {
    "webis_rag_pref/expert_responses.csv": "item = ",
    "webis_rag_pref/study2_responses.jsonl.gz": "item = ",
    "mqm_sxs_2023_ende/annotations.csv": None,
}


@pytest.mark.parametrize("name", REAL)
def test_what_init_proposes_for_real_data_is_no_nonsense(run, shared_data, tmp_path, name):
    config = tmp_path / "labelaudit.toml"
    done = run("init", shared_data / "real" / name, "-o", config)
    text = config.read_text()
    assert done.code == 0
    assert "[questions.response_a]" not in text
    assert "submission_id = " not in text
    assert ("# OPEN" in text or "   # OPEN" in text) == (REAL[name] is not None)
    assert (f"# {REAL[name]}" in text) == (REAL[name] is not None)
