"""What to do next, most urgent first: concrete, and each with the place where to do it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

from labelaudit.dossier.causes import because
from labelaudit.reports.repair import WORTH_SAYING, relabeling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.dossier.documents import Document
    from labelaudit.model import BatchVerdict, Finding, Threshold

    Seen = Mapping[str | None, Sequence[Finding]]

Doing = Literal["set-limits", "send-back", "order", "look", "review", "relabel"]


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do; `batch_id` or `vendor` say where to go for it."""

    doing: Doing
    words: str
    batch_id: str | None = None
    vendor: str | None = None


def next_steps(document: Document, open_flags: int) -> Iterator[NextStep]:
    """Yield what to do: what blocks first, then what decides, then what mends."""
    if not document.has_thresholds:
        yield NextStep(
            "set-limits", "Set min_agreement under [policy]: without a limit nothing can pass"
        )
    seen = _by_batch(document)
    blocking = [one for one in document.verdicts if one.batch_id not in document.let_through]
    yield from (_send_back(found, seen) for found in blocking if found.verdict == "reject")
    yield from (_decide(found, seen) for found in blocking if found.verdict == "review")
    if open_flags:
        things = "flagged item" if open_flags == 1 else "flagged items"
        yield NextStep("review", f"Review {open_flags:,} open {things}, riskiest first")
    for plan in document.plans:
        if not plan.undefined and plan.items and plan.expected_fewer >= WORTH_SAYING:
            yield NextStep("relabel", f"Relabel: {relabeling(plan)}")


def some_of_each(document: Document, open_flags: int, most: int = 3) -> tuple[NextStep, ...]:
    """Return the first steps, of different kinds where there are several."""
    by_kind: dict[str, list[NextStep]] = {}
    for step in next_steps(document, open_flags):
        by_kind.setdefault(step.doing, []).append(step)
    first = [steps[0] for steps in by_kind.values()]
    others = chain.from_iterable(steps[1:] for steps in by_kind.values())
    return tuple([*first, *others][:most])


def _send_back(found: BatchVerdict, seen: Seen) -> NextStep:
    why = next((_failed(held) for held in found.thresholds if held.outcome == "fail"), "")
    to = f" to {', '.join(found.vendors)}" if found.vendors else ""
    reason = why or _why(found, seen)
    vendor = found.vendors[0] if found.vendors else None
    return NextStep(
        "send-back", f"Send {found.batch_id} back{to}: {reason}", found.batch_id, vendor
    )


def _failed(held: Threshold) -> str:
    bound = "" if held.bound is None else f", at most {held.bound:.2f}"
    value = "not measured" if held.estimate is None else f"{held.estimate:.2f}{bound}"
    return f"{held.coefficient} of {held.question_id} is {value}; the floor is {held.limit:g}"


def _decide(found: BatchVerdict, seen: Seen) -> NextStep:
    needed = next((held.needs for held in found.thresholds if held.needs), None)
    if needed:
        return NextStep("order", f"To decide {found.batch_id}: {needed}", found.batch_id)
    return NextStep("look", f"Look at {found.batch_id}: {_why(found, seen)}", found.batch_id)


def _why(found: BatchVerdict, seen: Seen) -> str:
    return next(iter(because(found, seen.get(found.batch_id, ()))), "no reason was recorded")


def _by_batch(document: Document) -> Seen:
    seen: dict[str | None, list[Finding]] = {}
    for found in document.findings:
        seen.setdefault(found.batch_id, []).append(found)
    return seen
