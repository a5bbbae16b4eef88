"""What to do next, in the order to do it: send back, decide, look, relabel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.reports.page.batches import OUTCOMES, measure
from labelaudit.reports.pages import page
from labelaudit.reports.repair import what_to_do
from labelaudit.reports.summary import many
from labelaudit.reports.told import CHECK_OF, NO_THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.model import BatchVerdict
    from labelaudit.reports.documents import Documents

MAX_NAMED = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, and about what."""

    what: str
    about: str


def steps(documents: Documents) -> Iterator[Step]:
    """Yield the steps."""
    if documents.verdicts and not documents.has_thresholds:
        yield Step("Set", "a floor: min_agreement under [policy] in labelaudit.toml")
    yield from _send_back(documents)
    for verdict in documents.verdicts:
        if verdict.batch_id not in documents.let_through:
            yield from _decide(verdict)
    yield from _talk(documents)
    section = what_to_do(documents)
    yield from (Step("Labels", row[0]) for row in section.rows) if section else ()


def _send_back(documents: Documents) -> Iterator[Step]:
    rejected: dict[str, list[str]] = {}
    for verdict in documents.verdicts:
        if verdict.verdict == "reject" and verdict.batch_id not in documents.let_through:
            for vendor in verdict.vendors or ("the vendor",):
                rejected.setdefault(vendor, []).append(verdict.batch_id)
    for vendor, batches in rejected.items():
        yield Step("Send back", f"to {vendor}: {_some(batches)}; a text stands under Vendors")


def _decide(verdict: BatchVerdict) -> Iterator[Step]:
    """Say what would decide each open floor of a batch, and what a person must look at."""
    floors = {CHECK_OF.get(held.name) for held in verdict.thresholds}
    for held in verdict.thresholds:
        if held.outcome == "inconclusive":
            value = "not measured" if held.estimate is None else f"{held.estimate:z.3f}"
            bound = "" if held.bound is None else f", {held.side} bound {held.bound:z.3f}"
            told = (
                f"{measure(held)} {OUTCOMES[held.outcome]} ({value}{bound}, floor {held.limit:g})"
            )
            needs = f": {held.needs}" if held.needs else ""
            yield Step("Decide", f"{verdict.batch_id}, {held.question_id}: {told}{needs}")
    other = [check for check in verdict.reasons if check not in {*floors, NO_THRESHOLD}]
    if other and verdict.verdict == "review":
        seen = "; ".join(page(check).title for check in other)
        yield Step("Look", f"{verdict.batch_id}: {seen}")


def _talk(documents: Documents) -> Iterator[Step]:
    flagged = dict.fromkeys(
        one.annotator_id
        for one in documents.findings
        if one.annotator_id and one.outcome == "breach"
    )
    if flagged:
        named = many(len(flagged), "annotator")
        yield Step("Talk", f"with {named} that checks flag: {_some([*map(str, flagged)])}")


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MAX_NAMED:,} more" if len(names) > MAX_NAMED else ""
    return f"{', '.join(names[:MAX_NAMED])}{more}"
