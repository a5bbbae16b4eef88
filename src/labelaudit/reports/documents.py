"""What a run folder says, as records: `audit.json` and `gate.json`, read without any table.

Reports of this kind can be had of a finished run too, and need no pandas.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, TypeVar, cast

from labelaudit.model import BatchVerdict, Estimate, Finding, InputFile, Question, Threshold
from labelaudit.reports.told import as_decided
from labelaudit.settings import Limits, Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from _typeshed import DataclassInstance

    from labelaudit.aftermath import Aftermath
    from labelaudit.audit import Audit

T = TypeVar("T", bound="DataclassInstance")
Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Waived:
    """A reason against a batch that was waived, and by whom, until when and why."""

    batch_id: str
    check: str
    scope: str
    reason: str
    owner: str
    expires: str

    @property
    def words(self) -> str:
        """Say it in a line."""
        return f"waived until {self.expires} by {self.owner}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Queued:
    """An item of the review queue."""

    question_id: str
    item_id: str
    batch_id: str | None
    vendor: str | None
    rank: int
    risk: float | None
    why: str
    consensus: str | None
    votes: str
    gold: str | None
    more_labels: int
    drawn: str | None = None
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers that let nothing through: of a past day, none at all, or not needed."""

    expired: Sequence[Mapping[str, str]] = ()
    faulty: Sequence[str] = ()
    unused: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class Documents:
    """The documents of a run.

    Attributes
    ----------
    audit
        The content of `audit.json`.
    gate
        The content of `gate.json`, empty where nothing was gated.
    root
        The folder that paths of reports are relative to; as the run names them, if empty.

    """

    audit: Mapping[str, object]
    gate: Mapping[str, object] = field(default_factory=dict)
    root: str = ""

    @cached_property
    def verdicts(self) -> tuple[BatchVerdict, ...]:
        """The verdict of every batch, with its thresholds; as the gate decided, if it did."""
        decided = {one["batch_id"]: one for one in self.records("batches", self.gate)}
        return tuple(
            _verdict(found, decided.get(found["batch_id"], {})) for found in self.records("batches")
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks saw, breaches first; on floors, what the gate decided at its look."""
        listed = tuple(record(Finding, found) for found in self.records("findings"))
        return as_decided(listed, self.verdicts) if self.records("batches", self.gate) else listed

    @cached_property
    def estimates(self) -> tuple[Estimate, ...]:
        """Every number that is listed."""
        return tuple(record(Estimate, found) for found in self.records("estimates"))

    @cached_property
    def items(self) -> tuple[Queued, ...]:
        """The units to look at, riskiest first."""
        return tuple(record(Queued, found) for found in self.records("items"))

    @cached_property
    def after(self) -> Aftermath:
        """What follows, as records with the fields of `Aftermath`: its classes load numpy."""
        named = {"plans": "relabel", "vendors": "vendor_comparisons", "confusions": "confusions"}
        found = {
            name: tuple(SimpleNamespace(**one) for one in self.records(listed))
            for name, listed in named.items()
        }
        return cast("Aftermath", SimpleNamespace(**found, staff=self.staff))

    @cached_property
    def inputs(self) -> tuple[InputFile, ...]:
        """The files that were read."""
        return tuple(record(InputFile, found) for found in self.records("inputs"))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What was asked; an audit of an older version names it beside its numbers only."""
        if found := self.records("questions"):
            return tuple(record(Question, one) for one in found)
        named = {one.question_id: one.scale for one in self.estimates if one.question_id}
        return tuple(Question(name, scale) for name, scale in named.items())

    @cached_property
    def policy(self) -> Policy:
        """The limits in force; an audit of an older version does not name them."""
        found = cast("Record", self.audit.get("policy") or {})
        limits = record(Limits, cast("Record", found.get("limits") or {}))
        return record(Policy, {**found, "limits": limits})

    @cached_property
    def staff(self) -> Mapping[str, tuple[str, ...]]:
        """Who answered for each vendor."""
        named = cast("Mapping[str, Sequence[str]]", self.audit.get("staff") or {})
        return {vendor: tuple(people) for vendor, people in named.items()}

    @cached_property
    def waived(self) -> Mapping[tuple[str, str], Waived]:
        """What was waived, by batch and check."""
        found = (record(Waived, one) for one in self.records("waived", self.gate))
        return {(one.batch_id, one.check): one for one in found}

    @property
    def waivers(self) -> Waivers:
        """The waivers that let nothing through."""
        return record(Waivers, cast("Record", self.gate.get("waivers") or {}))

    @property
    def ledger(self) -> Mapping[str, str | int]:
        """Where the ledger stood once this was written to it; empty without one."""
        return cast("Mapping[str, str | int]", self.gate.get("ledger") or {})

    @property
    def let_through(self) -> Sequence[str]:
        """The batches that waivers alone let through."""
        return cast("Sequence[str]", self.gate.get("let_through", ()))

    @property
    def has_thresholds(self) -> bool:
        """Whether any floor was set: without one nothing can pass."""
        return bool(cast("Record", self.audit["summary"])["has_thresholds"])

    @property
    def verdict(self) -> str:
        """The worst verdict of any batch; without a batch there is nothing to accept."""
        given = {found.verdict for found in self.verdicts} or {"review"}
        return next(name for name in ("reject", "review", "accept") if name in given)

    def records(self, name: str, of: Mapping[str, object] | None = None) -> Sequence[Record]:
        """Return a list of the audit, or of another document; nothing where it has none."""
        return cast("Sequence[Record]", (self.audit if of is None else of).get(name) or ())

    def left_out(self, name: str) -> int:
        """Return how many of a list stand in the tables of the run only."""
        return int(cast("int", self.audit.get(f"{name}_left_out") or 0))


def documents(audit: Audit, root: str = "") -> Documents:
    """Return what the run folder of an audit says."""
    from labelaudit.reports.json_report import document, plain

    gate = cast("Record", plain(dict(audit.gate.document()))) if audit.gate else {}
    return Documents(document(audit), gate, root)


def record(kind: type[T], values: Mapping[str, object]) -> T:
    """Return a record of a kind; what a later version added to it is passed over."""
    known = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values.items()
        if name in kind.__dataclass_fields__
    }
    return cast("Callable[..., T]", kind)(**known)


def _verdict(found: Record, decided: Record) -> BatchVerdict:
    """Return the verdict on a batch; a gate decides each floor at the level of its look."""
    held = cast("Sequence[Record]", found.get("thresholds") or ())
    looked = {_key(one): one for one in cast("Sequence[Record]", decided.get("thresholds") or ())}
    floors = [record(Threshold, {**one, **looked.get(_key(one), {})}) for one in held]
    return record(BatchVerdict, {**found, **decided, "thresholds": floors})


def _key(held: Record) -> tuple[object, object]:
    return held["question_id"], held["name"]
