"""The session: bounded memory, errors in words, nothing left behind."""

from __future__ import annotations

import gc
import random
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest

from labelaudit.engine.session import Session
from labelaudit.engine.tally import tally
from labelaudit.errors import InputError, UsageError
from labelaudit.model import Question

ROWS = """
    select 'item number ' || (range // 3) as item_id, 'annotator ' || (range % 50) as annotator_id,
    'label ' || (hash(range) % 4) as label, 'batch ' || (range // 3 % 7) as batch_id,
    null::varchar as vendor, null::varchar as gold, 'human' as annotator_kind from range(1500000)
"""


def test_a_count_that_does_not_fit_in_memory_goes_to_disk_and_stays_the_same():
    counts = []
    for memory in ("60MB", "1500MB"):
        with Session(memory) as session:
            session.view("rows", ROWS)
            found = tally(session, "rows", Question("q", "nominal"))
            counts.append((found.every.units.tolist(), found.pairs.agreeing.tolist()))
    assert counts[0] == counts[1]


def test_where_memory_and_disk_do_not_suffice_the_error_says_what_to_do():
    with Session("20MB") as session:
        session.do("set max_temp_directory_size = '1MB'")
        session.view("rows", ROWS)
        with pytest.raises(UsageError, match="memory") as caught:
            tally(session, "rows", Question("q", "nominal"))
    assert "fewer batches" in caught.value.next_step


def test_a_closed_session_and_a_forgotten_one_leave_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Session():
        assert len(list(tmp_path.iterdir())) == 1
    Session()
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_an_error_of_the_system(tmp_path):
    with Session() as session, pytest.raises(OSError, match="nowhere"):
        session.write_parquet("select 1", tmp_path / "nowhere" / "file.parquet")


def test_what_stops_a_stream_is_raised_as_it_was():
    def batches():
        yield pa.record_batch([pa.array(["x"])], names=["a"])
        raise InputError("here", "a fault in the middle")

    with Session() as session, pytest.raises(InputError, match="a fault in the middle"):
        session.load("incoming", batches())


def test_no_file_name_or_value_runs_as_a_query(tmp_path):
    path = Path(tmp_path, "it's; drop table kept --.csv")
    with Session() as session:
        session.keep("kept", pa.table({"a": ["x"]}))
        session.write_csv("select * from kept", path)
        assert session.rows("select * from kept") == [("x",)]
    assert path.read_text(encoding="utf-8") == "a\nx\n"


def test_threads_and_blocks_do_not_change_a_digit(tallied):
    dice = random.Random(1)  # noqa: S311
    rows = [
        (f"i{dice.randrange(400)}", f"w{dice.randrange(9)}", dice.choice("abc"), dice.choice("pq"))
        for _ in range(2000)
    ]
    counts = []
    for _ in range(3):
        dice.shuffle(rows)
        found = tallied(rows, Question("q", "nominal"))
        counts.append([getattr(found.peers, name).tolist() for name in found.peers.__slots__])
    assert counts[0] == counts[1] == counts[2]
