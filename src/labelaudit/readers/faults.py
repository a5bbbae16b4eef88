"""Collecting what is wrong, so that one run shows all of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from labelaudit.errors import SHOWN, InputError
from labelaudit.readers.contract import OverBudgetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(slots=True)
class Offences:
    """The records of one file that cannot be read: how many, and the first five."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def note(self, line: int, text: str) -> None:
        """Add the record that starts on a line."""
        self.count += 1
        if len(self.examples) < SHOWN:
            self.examples.append(f"line {line}: {text}")

    def absorb(self, others: Offences) -> None:
        """Add what was noted elsewhere."""
        self.count += others.count
        self.examples.extend(others.examples[: SHOWN - len(self.examples)])


@contextmanager
def collected(faults: list[InputError]) -> Iterator[None]:
    """Add what is raised inside to the faults; only a spent budget ends everything at once."""
    try:
        yield
    except OverBudgetError:
        raise
    except InputError as fault:
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
