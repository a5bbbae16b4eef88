"""One delivery in any order, any parts and any format: the same audit, byte for byte."""

from __future__ import annotations

import csv
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from labelaudit import read
from labelaudit.annotations import validate
from labelaudit.audit import run
from labelaudit.errors import InputError
from labelaudit.model import Columns, Intake, Question
from labelaudit.reports import REPORTS
from labelaudit.settings import Limits, Policy, Project

NAMES = ("item", "who", "pet", "size", "batch", "vendor", "gold", "s", "at")
QUESTIONS = (
    Question("pet", "nominal", ("cat", "dog", "NA"), column="pet", gold="gold"),
    Question("size", "interval", column="size"),
)
COLUMNS = Columns("item", "who", batch="batch", vendor="vendor", duration_s="s", submitted_at="at")
PROJECT = Project(
    COLUMNS,
    QUESTIONS,
    Intake(duplicates="last"),
    Policy(Limits(min_agreement=0.5, min_accuracy=0.6)),
)


def rows():
    """Return a delivery with faults, repetitions, look-alikes, gold and empty answers."""
    rng = np.random.default_rng(7)

    def pick(options):
        return options[rng.integers(len(options))]

    found = []
    for unit in range(120):
        truth, size = pick(["cat", "dog", "NA"]), int(rng.integers(9))
        for person in rng.permutation(6)[: pick([1, 2, 3, 3, 5])].tolist():
            slip = rng.random()
            pet = "cow" if slip < 0.02 else None if slip < 0.04 else truth if slip < 0.8 else "cat"
            found.append({
                "item": f"{unit:03}", "who": f"{person}" * 19, "pet": pet,
                "size": f"{size + pick([0, 0, 0, 1])}" if slip < 0.97 else "big",
                "batch": f"b{unit % 4}", "vendor": pick(["north", "south", None]),
                "gold": truth if unit % 5 == 0 else "cow" if unit == 1 else None,
                "s": f"{pick([1, 2.5, 30, -1])}",
                "at": f"2024-03-05T{person:02}:{unit % 60:02}:00Z",
            })  # fmt: skip
    return [*found, *(row | {"at": "2024-03-06T00:00:00Z"} for row in found[:9])]


def shuffled(seed):
    listed = rows()
    return [listed[at] for at in np.random.default_rng(seed).permutation(len(listed))]


def write_csv(path, listed):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES)
        writer.writeheader()
        writer.writerows(listed)


def write_jsonl(path, listed):
    path.write_text("".join(json.dumps(row) + "\n" for row in listed), encoding="utf-8")


def write_parquet(path, listed):
    pq.write_table(pa.Table.from_pylist(listed), path, row_group_size=50)


def write_typed(path, listed):
    """Write numbers as numbers; what is no number has no place there."""
    typed = [row | {"s": float(row["s"])} for row in listed]
    pq.write_table(pa.Table.from_pylist(typed), path)


WRITERS = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}


def audited(path):
    with read(path, PROJECT) as annotations:
        document = json.loads(REPORTS["json"](run(annotations)))
    assert document.pop("inputs")
    return json.dumps(document, indent=1)


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    path = tmp_path_factory.mktemp("delivery") / "all.csv"
    write_csv(path, rows())
    document = audited(path)
    assert json.loads(document)["rejected"]
    assert len(json.loads(document)["findings"]) > 4
    return document


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("frame_rows", [200_000, -1])
def test_shuffled_rows_of_any_format_on_any_route(
    tmp_path, monkeypatch, expected, suffix, frame_rows
):
    monkeypatch.setattr(validate, "FRAME_ROWS", frame_rows)
    WRITERS[suffix](tmp_path / f"all.{suffix}", shuffled(3))
    assert audited(tmp_path) == expected


@pytest.mark.parametrize("suffix", WRITERS)
def test_shuffled_rows_in_parts(tmp_path, expected, suffix):
    for part in range(3):
        WRITERS[suffix](tmp_path / f"part-{part}.{suffix}", shuffled(4)[part::3])
    assert audited(tmp_path) == expected


def test_numbers_that_are_stored_as_numbers(tmp_path, monkeypatch, expected):
    for frame_rows in (200_000, -1):
        monkeypatch.setattr(validate, "FRAME_ROWS", frame_rows)
        write_typed(tmp_path / "all.parquet", rows())
        found, text = json.loads(audited(tmp_path)), json.loads(expected)
        (examples,) = {
            tuple(r["examples"]) for r in found["rejected"] if r["column"] == "duration_s"
        }
        assert examples == ("-1.0",)
        assert [verdict["units"] for verdict in found["batches"]] == [
            verdict["units"] for verdict in text["batches"]
        ]


def test_folders_named_like_columns_do_not_become_columns(tmp_path, expected):
    folder = tmp_path / "batch=b9" / "vendor=west"
    folder.mkdir(parents=True)
    write_parquet(folder / "all.parquet", rows())
    assert audited(tmp_path) == expected


@pytest.mark.parametrize("name", ["a[1].parquet", "what?.parquet", "it's.parquet", "a*.parquet"])
def test_a_parquet_file_may_have_any_name(tmp_path, expected, name):
    write_parquet(tmp_path / name, rows())
    assert audited(tmp_path) == expected


def test_a_relative_path_reads_the_same(tmp_path, monkeypatch, expected):
    for part in range(2):
        write_parquet(tmp_path / f"{part}.parquet", rows()[part::2])
    monkeypatch.chdir(tmp_path)
    assert audited(["./0.parquet", "../" + tmp_path.name + "/1.parquet"]) == expected


@pytest.mark.parametrize(
    "names", [("filename", "file_row_number"), ("Label", "label"), ("ID", "id")]
)
def test_parquet_columns_that_an_engine_would_confuse_stay_apart(tmp_path, names):
    item, label = names
    table = pa.table({item: ["i", "i"], label: ["x", "y"], "who": ["w", "v"]})
    pq.write_table(table, tmp_path / "one.parquet")
    project = Project(Columns(item, "who", label=label), (Question("q", "nominal"),))
    with read(tmp_path, project) as found:
        frame = found.to_frame()
    assert (frame["item_id"].tolist(), frame["label"].tolist()) == (["i", "i"], ["x", "y"])


def test_parquet_text_that_is_no_utf8_is_named(tmp_path):
    raw = pa.array([b"ok", b"\xff\xfe"], pa.binary())
    text = pa.StringArray.from_buffers(2, raw.buffers()[1], raw.buffers()[2])
    pq.write_table(
        pa.table({"item": text, "who": ["w", "v"], "label": ["x", "y"]}), tmp_path / "one.parquet"
    )
    project = Project(Columns("item", "who", label="label"), (Question("q", "nominal"),))
    with pytest.raises(InputError, match="UTF-8"):
        read(tmp_path, project)
