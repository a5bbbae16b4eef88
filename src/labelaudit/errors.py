"""The errors a user can meet, and the exit code each one stands for.

    LabelAuditError            5  our own fault, unless a subclass says otherwise
    +-- UsageError             2  wrong arguments, wrong configuration, unwritable output
    |   +-- MissingExtraError  2  an optional package is not installed
    +-- InputError             4  a delivery that is missing, unreadable or fails its schema

Each is printed as one block: where - what was expected and found - how many, with
the first five - the next step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 5
"""How many examples an error lists before it says how many were left out."""


class LabelAuditError(Exception):
    """Something labelaudit could not do, in words for the person who asked for it."""

    exit_code: ClassVar[int] = 5

    def __init__(
        self,
        where: str,
        problem: str,
        *,
        examples: Sequence[str] = (),
        count: int | None = None,
        next_step: str = "",
    ) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem
        self.examples = tuple(examples)
        self.count = len(self.examples) if count is None else count
        self.next_step = next_step

    def block(self) -> str:
        """Return the message as the few lines that a terminal or a CI log shows."""
        shown = [f"    {example}" for example in self.examples[:SHOWN]]
        left_out = self.count - len(shown)
        more = [f"    ... and {left_out:,} more"] if shown and left_out > 0 else []
        step = [f"  next: {self.next_step}"] if self.next_step else []
        return "\n".join([f"{self.where}", f"  {self.problem}", *shown, *more, *step])


class UsageError(LabelAuditError):
    """The command, the configuration or the output place is wrong (exit 2)."""

    exit_code = 2


class MissingExtraError(UsageError):
    """An optional package is needed and not installed (exit 2)."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            feature,
            f"needs the optional packages of the extra '{extra}'",
            next_step=f"pip install 'labelaudit[{extra}]'",
        )


class InputError(LabelAuditError):
    """The delivery is missing, unreadable or fails its schema (exit 4)."""

    exit_code = 4
