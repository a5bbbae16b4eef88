"""Reviewers in processes of their own, some killed in the middle of what they do.

    python review_racers.py killed|same|sending|people DB RUN FOLDER PROCESSES KILLS SEED

One process imports the package and forks the others; each writes a line for every decision
that was confirmed to it, the moment it was.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from labelaudit.review import Choice, Filter, Store, StoreUnavailableError, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def take_all(store: Store, run: str, name: str, confirmed: int) -> None:
    """Decide whatever comes next, until nothing is left."""
    while flag := patiently(lambda: store.take_next(Filter(run), name, datetime.now(UTC))):
        decide(store, flag.id, name, confirmed)


def same(store: Store, run: str, name: str, confirmed: int) -> None:
    """Decide every flag in order, whoever else does."""
    for flag in store.flags(Filter(run), size=5000).flags:
        decide(store, flag.id, name, confirmed)


def sending(store: Store, run: str, name: str, confirmed: int) -> None:
    """Decide whatever comes next, and send the file to the vendor now and then."""
    while flag := patiently(lambda: store.take_next(Filter(run), name, datetime.now(UTC))):
        decide(store, flag.id, name, confirmed)
        if flag.id % 5 == 0:
            done = patiently(lambda: store.export(run, name, datetime.now(UTC)))
            os.write(confirmed, f"{done.export.id} 0 export\n".encode())


def people(store: Store, run: str, name: str, confirmed: int) -> None:
    """Settle every flag on a person in order, whoever else does."""
    for flag in store.people(run):
        settle(store, flag.id, name, confirmed)


def settle(store: Store, flag_id: int, name: str, confirmed: int) -> None:
    now = datetime.now(UTC)
    done = patiently(lambda: store.settle_person(flag_id, 0, name, "upheld", "seen", now))
    if done.accepted:
        os.write(confirmed, f"{done.flag.history[-1].id} {flag_id} {name}\n".encode())


def decide(store: Store, flag_id: int, name: str, confirmed: int) -> None:
    now, choice = datetime.now(UTC), Choice("label-ok")
    outcome = patiently(lambda: store.decide(flag_id, 0, name, choice, now))
    if outcome.accepted and outcome.decision:
        os.write(confirmed, f"{outcome.decision.id} {flag_id} {name}\n".encode())


def patiently(act: Callable[[], T]) -> T:
    """Do what a reviewer does who is told that the database is locked: try again."""
    for _ in range(20):
        try:
            return act()
        except StoreUnavailableError:
            time.sleep(0.05)
    return act()


HOW = {"killed": take_all, "same": same, "sending": sending, "people": people}


def start(how: str, db: str, run: str, folder: Path, name: str) -> int:
    """Fork a reviewer and return its process id."""
    if process := os.fork():
        return process
    code = 1
    try:
        confirmed = os.open(folder / f"{name}.txt", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with patiently(lambda: open_store(db)) as store:
            HOW[how](store, run, name, confirmed)
        code = 0
    except BaseException:  # noqa: BLE001  a fork must not go on as its parent
        traceback.print_exc()
    finally:
        os._exit(code)


def confirmed_in(folder: Path) -> int:
    """Return how many decisions were confirmed so far."""
    return sum(path.read_bytes().count(b"\n") for path in folder.glob("r*.txt"))


def main() -> int:
    how, db, run, folder = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])
    count, kills, chance = int(sys.argv[5]), int(sys.argv[6]), random.Random(sys.argv[7])  # noqa: S311  not a secret
    with open_store(db) as store:
        total = store.counts(Filter(run))["open"]
    at_work = {f"r{n}": start(how, db, run, folder, f"r{n}") for n in range(count)}
    # spread over the work, with some to spare: a killed reviewer may not have had its answer
    for mark in sorted(chance.sample(range(1, total * 4 // 5), kills)):
        while confirmed_in(folder) < mark:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.02))
        name = chance.choice(sorted(at_work))
        os.kill(at_work[name], signal.SIGKILL)
        os.waitpid(at_work[name], 0)
        at_work[name] = start(how, db, run, folder, name)
    return max(os.waitpid(process, 0)[1] for process in at_work.values())


if __name__ == "__main__":
    sys.exit(min(main(), 1))
