"""What the review store takes and gives, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

DecisionKind = Literal["label-ok", "label-wrong", "ambiguous", "bad-item", "skip"]
Kind = DecisionKind | Literal["undo"]
Status = Literal["open", "skipped", "decided"]
Order = Literal["risk", "random", "newest"]


@dataclass(frozen=True, slots=True)
class Run:
    """An audit whose flags are reviewed; `parent` is the run it follows."""

    id: str
    dataset: str
    audit_sha256: str
    config_sha256: str
    code_version: str
    parent: str | None
    created: datetime


@dataclass(frozen=True, slots=True)
class Flag:
    """A unit put before a reviewer, in one round of review.

    Attributes
    ----------
    reasons
        Why: reason codes of the queue, and names of checks.
    place
        From 1 in the run, by expected harm.
    label
        The label under review; None where nothing settles it.
    probability
        Of being put before a reviewer in this round; its inverse weights what is found into
        rates over all units.
    version
        Goes up with every decision and undo: a decision names the one it was made upon.
    claimed_by, claimed_until
        Who has it open, and until when others are kept off it.

    """

    id: int
    run_id: str
    round: int
    question_id: str
    item_id: str
    batch_id: str
    vendor: str | None
    reasons: tuple[str, ...]
    place: int
    risk: float | None
    weight: float
    label: str | None
    votes: str
    gold: str | None
    drawn: str
    probability: float
    status: Status
    version: int
    claimed_by: str | None
    claimed_until: datetime | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer concludes of a flag, and how it came before them.

    Attributes
    ----------
    label
        The right label, where `kind` is `label-wrong` and it is known.
    queue_order
        In which order flags were shown: rates are not to be estimated from a worst-first queue.
    shown_ms
        How long the flag was on screen.

    """

    kind: DecisionKind
    label: str | None = None
    note: str = ""
    queue_order: Order = "risk"
    shown_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as recorded. `supersedes` names the one that it takes back or replaces."""

    id: int
    flag_id: int
    version: int
    round: int
    reviewer: str
    kind: Kind
    label: str | None
    note: str
    queue_order: str
    probability: float
    shown_ms: int | None
    supersedes: int | None
    carried_from: int | None
    at: datetime

    @property
    def answer(self) -> str:
        """Kind and right label in one text: two reviewers agree where theirs are the same."""
        return self.kind if self.label is None else f"{self.kind}: {self.label}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt to decide or undo ended.

    Attributes
    ----------
    accepted
        Whether it was recorded. If not, somebody (or another tab) was faster.
    decision
        What was recorded; else the decision that stands, if any, with who made it.
    flag
        The flag as it is now.

    """

    accepted: bool
    decision: Decision | None
    flag: Flag

    @property
    def by(self) -> str | None:
        """Who made the decision that stands."""
        return self.decision.reviewer if self.decision else None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which flags of a run; what is None is not asked. `text` is looked for in item ids."""

    run_id: str
    status: Status | None = None
    round: int | None = None
    question_id: str | None = None
    batch_id: str | None = None
    vendor: str | None = None
    reason: str | None = None
    label: str | None = None
    drawn: str | None = None
    reviewer: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some flags in order; `after` is where the next page starts, None on the last."""

    flags: tuple[Flag, ...]
    after: int | None
    total: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: `carried` decisions still hold, `reopened` ones no longer do."""

    run: Run
    flags: int
    carried: int
    reopened: int
    already_there: bool = False


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A unit on which the first and the second reviewer differ."""

    question_id: str
    item_id: str
    first: Decision
    second: Decision


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the record is whole.

    Attributes
    ----------
    entries
        How many entries of the chain were found in order.
    head
        The hash of the last one: publish it to anchor the chain.
    broken
        The first entry that is not as it was written, in words; None where all are.

    """

    entries: int
    head: str
    broken: str | None
