"""A proposed configuration, before it is written: what is known, guessed and open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.configuration.scales import Proposal


@dataclass(frozen=True, slots=True)
class Draft:
    """What `init` understood of a delivery.

    Attributes
    ----------
    roles
        Our role -> their column, where the name leaves no doubt.
    open
        Role -> what a person must settle before it can be used.
    unread
        Open role -> its column, where only the values cannot be read yet.
    required
        The open roles without which nothing can be audited.
    annotators
        The columns of people, where the file has one each.
    questions
        The questions with their proposed scales.
    unused
        Columns that were given no part.
    repeated
        How often the same annotator is on the same item again.

    """

    roles: dict[str, str]
    open: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    questions: tuple[Proposal, ...] = ()
    unused: tuple[str, ...] = ()
    repeated: int = 0

    @property
    def blocks(self) -> bool:
        """Whether `audit` would refuse what is proposed until a person settles it."""
        return bool(self.required or self.repeated or not self.questions)

    def unsure(self) -> Iterator[str]:
        """Yield in words what a person must settle, most important first."""
        for role in sorted(self.open, key=lambda role: role not in self.required):
            column = f"{self.unread[role]}: " if role in self.unread else ""
            yield f"OPEN     {role}: {column}{self.open[role]}"
        if self.repeated:
            yield f"OPEN     duplicates: {self.repeats}"
        if not self.questions and "label" not in self.open:
            yield "OPEN     questions: no column looks like answers"
        alike: dict[str, list[str]] = {}
        for question in self.questions:
            alike.setdefault(question.doubt or "", []).append(question.name)
        for doubt, names in alike.items():
            if doubt:
                yield f"GUESSED  question {', '.join(names)}: {doubt}"

    @property
    def repeats(self) -> str:
        """Say that an annotator is on the same item more than once."""
        times = f"{self.repeated:,} time{'' if self.repeated == 1 else 's'}"
        return f"{times} the same annotator is on the same item again, which stops the audit"
