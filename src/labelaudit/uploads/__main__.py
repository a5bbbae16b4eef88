"""The process that audits an upload: it says in lines of JSON how far it is and how it ended."""

from __future__ import annotations

import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from labelaudit.audit import run
from labelaudit.errors import LabelAuditError
from labelaudit.gate import TERMINATED
from labelaudit.reading import read
from labelaudit.reports import RUN_REPORTS
from labelaudit.reports.documents import Documents
from labelaudit.reports.json_report import document, written
from labelaudit.runs import must_be_writable, saving


def main(data: str, config: str, runs: str) -> int:
    """Audit the data and write the run folder; the last line tells how it ended."""
    try:
        _tell(run=str(_audit(Path(data), Path(config), Path(runs))))
    except LabelAuditError as error:
        _tell(
            problem={
                "where": error.where,
                "problem": error.problem,
                "examples": list(error.examples),
                "count": error.count,
                "next_step": error.next_step,
            }
        )
        return error.exit_code
    return 0


def _audit(data: Path, config: Path, runs: Path) -> Path:
    started = _now()
    must_be_writable(runs)
    _tell(step="reading and checking every row")
    with read(data, config) as annotations, saving(annotations, runs) as finish:
        _tell(step="measuring agreement and looking for causes")
        audit = run(annotations)
        _tell(step="writing the run")
        told = document(audit)
        times = {"started_at": started, "finished_at": _now()}
        return finish(audit, written(told), times, RUN_REPORTS["html"](Documents(told)))


def _tell(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


if __name__ == "__main__":
    # stopping unwinds, so that no half-written run folder is left
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    sys.exit(main(*sys.argv[1:]))
