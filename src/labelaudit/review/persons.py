"""A flag on a person, as plain data: what a check saw of their work, and what both sides say.

It is a question to talk about, not a conclusion: open, until the buyer upholds or withdraws it;
the person's vendor may appeal before and after that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

PersonState = Literal["open", "appealed", "upheld", "withdrawn"]
Side = Literal["buyer", "vendor"]

LEGAL: Mapping[Side, Mapping[PersonState, tuple[PersonState, ...]]] = {
    "buyer": {
        "open": ("open", "appealed", "upheld", "withdrawn"),
        "appealed": ("appealed", "upheld", "withdrawn"),
        "upheld": ("upheld", "appealed", "withdrawn"),
        "withdrawn": ("withdrawn", "open"),
    },
    "vendor": {
        "open": ("open", "appealed"),
        "appealed": ("appealed",),
        "upheld": ("upheld", "appealed"),
        "withdrawn": ("withdrawn",),
    },
}
"""To which states each side may move a flag; staying where it is adds a note."""


@dataclass(frozen=True, slots=True)
class PersonNote:
    """What one side said of a flag, and the state it was in from then on.

    `carried_from` names the note of the run before that still holds.
    """

    id: int
    flag_id: int
    version: int
    actor: str
    side: Side
    state: PersonState
    note: str
    carried_from: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PersonFlag:
    """What a check saw of a person's work.

    Attributes
    ----------
    annotator_id
        As every output names them.
    question_id, batch_id, vendor
        What it was seen in; None for all.
    check, outcome, message, evidence
        What was seen, as the audit says it.
    version
        Goes up with every note: who writes one names the version that was on screen.
    follows
        The flag of the run before on the same person, question and check.

    """

    id: int
    run_id: str
    annotator_id: str
    question_id: str | None
    batch_id: str | None
    vendor: str | None
    check: str
    outcome: str
    severity: str
    message: str
    evidence: Mapping[str, object]
    state: PersonState
    version: int
    follows: int | None
    history: tuple[PersonNote, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonOutcome:
    """How an attempt to settle ended; `accepted` is False where somebody else was faster."""

    accepted: bool
    flag: PersonFlag
