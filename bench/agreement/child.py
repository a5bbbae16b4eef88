"""One measurement in a process of its own, under a limit of memory and of time.

Called with the tool, the job, the way, the number of units and of labels, the limit in
bytes and the limit in seconds. Prints one line of JSON.
"""

from __future__ import annotations

import gc
import json
import resource
import signal
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

AT_LEAST, AT_MOST, ENOUGH_S, TOO_LONG_S = 3, 15, 2.0, 20.0
STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def prepared(tool: str, job: str, way: str, units: int, labels: int) -> Callable[[], float]:
    """Return the call to be measured, its input ready."""
    from bench.agreement import ours, peers
    from bench.agreement.data import Data

    data = Data(units, labels)
    return (ours.prepare if tool == "labelaudit" else peers.PEERS[tool])(data, job, way)


def resident(field: str) -> float:
    """Return what the process holds (VmRSS) or has held at most (VmHWM), in MB."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) / 1024


def wants_another(taken: list[float]) -> bool:
    """Say whether one more call is worth its time."""
    spent, runs = sum(taken), len(taken)
    return spent < TOO_LONG_S and (runs < AT_LEAST or (runs < AT_MOST and spent < ENOUGH_S))


def measured(call: Callable[[], float]) -> dict[str, float]:
    """Return the median CPU time of a few calls, their peak of extra memory, and the value."""
    gc.collect()
    before = resident("VmRSS")
    RESET.write_text("5")
    taken: list[float] = []
    while wants_another(taken):
        start = time.process_time()
        value = float(call())
        taken.append(time.process_time() - start)
    extra = resident("VmHWM") - before
    return {"seconds": statistics.median(taken), "extra_mb": extra, "value": value}


def main() -> None:
    """Measure what the arguments say, or say why that cannot be done."""
    tool, job, way, units, labels, memory, seconds = sys.argv[1:]
    try:
        prepared(tool, job, way, 50, int(labels))()  # imports and first calls are not measured
        call = prepared(tool, job, way, int(units), int(labels))
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
        signal.alarm(int(seconds))
        result: dict[str, object] = dict(measured(call))
    except MemoryError as error:
        result = {"cannot": f"out of memory: {error}"}
    except Exception as error:  # noqa: BLE001  whatever a peer raises is its answer
        result = {"cannot": f"{type(error).__name__}: {error}"}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
