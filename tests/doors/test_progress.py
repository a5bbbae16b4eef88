"""Long work shows that it goes on: on stderr, as a bar on a terminal, as a line elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WORK = (
    "from labelaudit.cli.progress import working\nwith working('reading', ({!r},)): print('{{}}')"
)


@pytest.fixture
def reading(tmp_path, command):
    """Return the words that start long work on a file of so many bytes."""

    def start(size):
        path = tmp_path / f"{size}.csv"
        with path.open("wb") as file:
            file.truncate(size)
        return [sys.executable, "-c", WORK.format(str(path))]

    return start


@pytest.mark.parametrize(("size", "said"), [(30_000_000, "reading ...\n"), (30_000, "")])
def test_elsewhere_long_work_is_one_plain_line(reading, size, said):
    done = subprocess.run(reading(size), capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("{}\n", said)


def test_on_a_terminal_long_work_is_a_bar(reading):
    ours, theirs = os.openpty()
    done = subprocess.run(
        reading(30_000_000), stdout=subprocess.PIPE, stderr=theirs, text=True, check=True,
        env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.stdout == "{}\n"
    assert "reading" in shown
    assert "\x1b[" in shown


def test_a_folder_is_as_long_as_its_files(reading, tmp_path):
    from labelaudit.cli.progress import is_long

    reading(15_000_000)
    assert not is_long((str(tmp_path),))
    reading(15_000_001)
    assert is_long((str(tmp_path),))
