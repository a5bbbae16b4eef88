"""What `init` leaves open: a file that `audit` would refuse says where, and what to settle."""

from __future__ import annotations

import tomllib

import pytest

from deliveries import answers, write

LONG = [
    {"item_id": row["item"], "annotator_id": row["who"], "label": row["label"]}
    for row in answers(differ=5)
]
TIMES = {
    "2026-01-05T08:07:43Z": None,
    "2026-01-05 08:07:43+01:00": None,
    "2026-01-05T08:07:43": "has no zone: set timezone",
    "7/11/2014 23:50:11": "is not ISO 8601: set time_format",
}


@pytest.fixture
def settled(run, tmp_path):
    """Run `init` on rows; return what it prints, the file's text, and the audit's exit code."""

    def init(rows):
        data, config = write(tmp_path / "labels.csv", rows), tmp_path / "labelaudit.toml"
        said = run("init", data, "-o", config).out
        tomllib.loads(config.read_text())
        return said, config.read_text(), run("audit", data, "-o", tmp_path / "runs").code

    return init


def renamed(**names):
    return [{names.get(key, key): value for key, value in row.items()} for row in LONG]


@pytest.mark.parametrize(
    ("rows", "line", "code"),
    [
        (renamed(item_id="picture"), '# item = "..."   # OPEN: ', 2),
        (renamed(annotator_id="somebody"), '# annotator = "..."   # OPEN: ', 2),
        ([{**row, "answer": row["label"]} for row in LONG], '# label = "..."   # OPEN: ', 2),
        ([*LONG, LONG[0]], "# OPEN: 1 time the same annotator is on the same item again", 4),
    ],
)
def test_what_audit_would_refuse_is_marked_open(settled, rows, line, code):
    said, text, ended = settled(rows)
    assert ended == code
    assert line in text
    assert "Next: settle what is OPEN there, then labelaudit audit" in said


def test_columns_that_could_be_the_item_are_named(settled):
    said, _, _ = settled(renamed(item_id="picture"))
    assert "OPEN     item: no column is named like one; could be picture\n" in said


@pytest.mark.parametrize("time", TIMES)
def test_times_that_cannot_be_read_are_left_out_and_said(settled, time):
    said, text, code = settled([{**row, "submitted_at": time} for row in LONG])
    why = TIMES[time]
    assert code == 0
    assert ("submitted_at" in tomllib.loads(text)["columns"]) == (why is None)
    assert why is None or f"OPEN     submitted_at: submitted_at: {time!r} {why}" in said
    assert why is None or f'# submitted_at = "submitted_at"   # OPEN: {time!r} {why}' in text


def test_one_column_per_person_is_understood(run, tmp_path):
    wide = {}
    for row in LONG:
        wide.setdefault(row["item_id"], {})[f"annotator_{row['annotator_id'][1:]}"] = row["label"]
    rows = [{"item_id": item, **given} for item, given in wide.items()]
    data = write(tmp_path / "labels.csv", rows)
    run("init", data, "-o", tmp_path / "labelaudit.toml")
    toml = tomllib.loads((tmp_path / "labelaudit.toml").read_text())
    assert toml["delivery"]["reader"] == "csv-wide"
    assert toml["columns"]["annotators"] == ["annotator_1", "annotator_2", "annotator_3"]
    assert run("audit", data, "-o", tmp_path / "runs").code == 0


HOSTILE = 'l"]\n[policy]\nmin_agreement = 0 # \x1b[31m'


def test_hostile_names_and_labels_stay_inside_their_quotes(settled):
    rows = [{**row, HOSTILE: "x", "label": HOSTILE if n % 7 else "b"} for n, row in enumerate(LONG)]
    said, text, code = settled(rows)
    toml = tomllib.loads(text)
    assert code == 0
    assert toml["policy"]["min_agreement"] == 0.667
    assert toml["questions"]["label"]["labels"] == ["b", HOSTILE]
    assert "\x1b" not in said
