"""How tests meet the command line: in this process, or in one of its own where that differs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import labelaudit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAIN = "from labelaudit.cli import main; main()"
COMMAND = [sys.executable, "-c", MAIN]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(labelaudit.__file__).parents[1])}


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """What stands on stdout, as if it were one long line."""
        return " ".join(self.out.split())

    @property
    def document(self) -> dict[str, object]:
        """The one JSON document on stdout."""
        return json.loads(self.out)


@pytest.fixture
def run(monkeypatch, capsys) -> Iterator[Callable[..., Done]]:
    """Run `labelaudit` with some arguments in this process."""
    from labelaudit.cli import main

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def command(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["labelaudit", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    yield command
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def command(monkeypatch) -> list[str]:
    """Return the words that start `labelaudit` in a process that inherits this environment."""
    monkeypatch.setenv("PYTHONPATH", ENVIRONMENT["PYTHONPATH"])
    return COMMAND


@pytest.fixture(scope="session")
def process() -> Callable[..., Done]:
    """Run `labelaudit` in a process of its own, after some code, with more variables set."""

    def command(*arguments: object, first: str = "", cwd: Path | None = None, **variables: str):
        words = [sys.executable, "-c", first + MAIN, *map(str, arguments)]
        environment = {**ENVIRONMENT, **variables}
        done = subprocess.run(
            words, env=environment, cwd=cwd, capture_output=True, text=True, check=False
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return command


@pytest.fixture(scope="session")
def sample_run(sample_data, tmp_path_factory) -> Path:
    """Return the run folder of the sample delivery, audited once for all tests."""
    place = tmp_path_factory.mktemp("sample") / "runs"
    data, config = sample_data / "delivery", sample_data / "labelaudit.toml"
    words = [*COMMAND, "audit", data, "-c", config, "-o", place]
    done = subprocess.run(words, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (place / "report.txt").write_text(done.stdout, encoding="utf-8")
    return place / "latest"


@pytest.fixture
def block() -> Callable[[Done], str]:
    """Return the one block of words that a command that could not do its job leaves on stderr."""

    def only(done: Done) -> str:
        assert "Traceback" not in done.err
        assert done.err.count("labelaudit: ") == 1, done.err
        _, _, said = done.err.partition("labelaudit: ")
        assert said.splitlines()[-1].startswith("  next: "), said
        return said

    return only
