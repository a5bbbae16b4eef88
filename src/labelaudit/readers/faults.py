"""Collecting what is wrong, so that one run shows all of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from labelaudit.errors import InputError
from labelaudit.readers.contract import OverBudgetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


MOST = 1_000_000
KEPT = 1_000
"""Faulty records of a file that are described; an error shows the first of them."""


@dataclass(slots=True)
class Offences:
    """The records of one file that cannot be read: how many, and the first of them.

    Empty lines are no records: at the end of a file they are harmless, elsewhere they are
    offences, which is known only once a record follows.
    """

    name: str
    count: int = 0
    examples: list[str] = field(default_factory=list)
    empty_count: int = 0
    empty_examples: list[str] = field(default_factory=list)

    def note(self, line: int, text: str) -> None:
        """Add the record that starts on a line."""
        self.record_follows()
        self.count += 1
        self._show(self.examples, line, text)

    def note_empty(self, line: int) -> None:
        """Remember an empty line."""
        self.empty_count += 1
        self._show(self.empty_examples, line, "an empty line")

    def record_follows(self) -> None:
        """Take the empty lines so far for offences."""
        if self.empty_count:
            self.count += self.empty_count
            self.examples.extend(self.empty_examples[: KEPT - len(self.examples)])
            self.empty_count, self.empty_examples = 0, []

    def _show(self, examples: list[str], line: int, text: str) -> None:
        if len(examples) < KEPT:
            examples.append(f"line {line}: {text}")
        if self.count + self.empty_count >= MOST:
            problem = f"line {line}: reading stopped after {MOST:,} faults"
            raise InputError(self.name, problem, next_step="see whether this is the right file")


@contextmanager
def collected(faults: list[InputError]) -> Iterator[None]:
    """Add what is raised inside to the faults, and go on; a spent budget is passed on."""
    try:
        yield
    except OverBudgetError:
        raise
    except InputError as fault:
        faults.append(fault)


@contextmanager
def until_spent(faults: list[InputError]) -> Iterator[None]:
    """Add a spent budget to the faults: it ends the pass over all files."""
    try:
        yield
    except OverBudgetError as fault:
        faults.append(fault)


def together(faults: Sequence[InputError]) -> InputError:
    """Make one error of the faults of several files (or of several in one file)."""
    if len(faults) == 1:
        return faults[0]
    files = len({fault.where for fault in faults})
    what = "files cannot be read" if files > 1 else "faults"
    return InputError(
        faults[0].where,
        f"{files if files > 1 else len(faults)} {what}",
        examples=[_line(fault) for fault in faults],
        next_step=faults[0].next_step,
    )


def _line(fault: InputError) -> str:
    example = f" ({fault.examples[0]})" if fault.examples else ""
    return f"{fault.where}: {fault.problem}{example}"


def no_rows(name: str, why: str) -> InputError:
    """Return the error for a file that holds nothing to audit."""
    return InputError(name, f"no rows: {why}", next_step="ask for the delivery again")
