"""An audit in a process of its own: the page stays quick, and can stop it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a delivery could not be audited; nothing of it was kept.

    `examples` are the first of `count` faults, each with its line where it has one.
    """

    where: str
    problem: str
    examples: tuple[str, ...] = ()
    count: int = 0
    next_step: str = ""


@dataclass(slots=True)
class Job:
    """A running or finished audit.

    Attributes
    ----------
    step
        What it is doing, in words.
    run
        The run folder, once it is written.
    problem
        Why there is none.

    """

    step: str
    run: Path | None
    problem: Problem | None
    _process: subprocess.Popen[bytes]
    _log: IO[bytes] = field(repr=False)

    @property
    def running(self) -> bool:
        """Whether it goes on; this also learns how far it is."""
        if self._log.closed:
            return False
        going = self._process.poll() is None
        self._read()
        if not going:
            self._log.close()
            if self.run is None and self.problem is None:
                self.problem = self._died()
        return going

    def stop(self) -> None:
        """End the process; it leaves no half-written run folder."""
        self._process.terminate()
        self._process.wait()
        self._log.close()

    def _read(self) -> None:
        # the process writes at the same file's end: reading must not move where that is
        size = os.fstat(self._log.fileno()).st_size
        said = os.pread(self._log.fileno(), size, 0).decode(errors="replace")
        for line in said.split("\n")[:-1]:
            self._take(json.loads(line))

    def _take(self, words: Mapping[str, object]) -> None:
        if "step" in words:
            self.step = str(words["step"])
        if "run" in words:
            self.run = Path(str(words["run"]))
        if isinstance(found := words.get("problem"), dict):
            self.problem = Problem(**{**found, "examples": tuple(found["examples"])})

    def _died(self) -> Problem:
        code = self._process.returncode
        return Problem(
            "the audit",
            f"ended without an answer (exit code {code}); no half-written run is left",
            next_step="run labelaudit audit in a terminal to see why",
        )


def start(data: Path, config: Path, runs: Path) -> Job:
    """Start the audit of a delivery; its run is written under `runs`."""
    log = tempfile.TemporaryFile(prefix="labelaudit-job-")  # noqa: SIM115 - lives as the job does
    command = [sys.executable, "-m", "labelaudit.uploads", str(data), str(config), str(runs)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log)  # noqa: S603
    return Job("starting", None, None, process, log)
