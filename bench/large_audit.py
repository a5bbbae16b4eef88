"""An audit of many batches and findings, made up: what reports of a large gate are made from."""

from __future__ import annotations

from labelaudit.aftermath import Aftermath
from labelaudit.agreed import Agreed, ModelAgreement
from labelaudit.annotators import Annotator
from labelaudit.audit import Audit
from labelaudit.listing import Listing
from labelaudit.model import (
    BatchVerdict,
    Estimate,
    Finding,
    InputFile,
    Question,
    Threshold,
)
from labelaudit.queue import Item, RelabelPlan
from labelaudit.scorecards import ConfusedPair, VendorComparison
from labelaudit.settings import Limits, Policy

VENDORS, CHECKS = 5, ("low-agreement", "missing-label", "annotator-below-peers", "label-drift")
OUTCOMES, VERDICTS = ("pass", "fail", "inconclusive"), ("accept", "reject", "review")


def large(batches: int, findings: int, floors: int, people: int, items: int) -> Audit:
    """Return an audit of so many of each."""
    questions = tuple(Question(f"q{n}", "nominal", ("cat", "dog")) for n in range(floors))
    files = (InputFile(f"in/{_batch(n)}.csv", "0" * 64, "csv-long", 900) for n in range(batches))
    return Audit(
        verdicts=Listing(BatchVerdict, (_verdict(n, floors) for n in range(batches))),
        estimates=Listing(Estimate, [*_estimates(batches, floors), *_people(people)]),
        findings=Listing(Finding, (_finding(n, batches) for n in range(findings))),
        annotators=Listing(Annotator, ()),
        rejected=(),
        inputs=tuple(files),
        questions=questions,
        policy=Policy(Limits(min_agreement=0.667, target_agreement=0.8)),
        config_sha256="0" * 64,
        seed=0,
        masked=0,
        said=(),
        after=_after(items, batches, people),
    )


def _batch(n: int) -> str:
    return f"batch-{n:04}"


def _verdict(n: int, floors: int) -> BatchVerdict:
    verdict, outcome = VERDICTS[n % 3], OUTCOMES[n % 3]
    held = tuple(_floor(f"q{at}", outcome if at == 0 else "pass") for at in range(floors))
    reasons = () if verdict == "accept" else ("low-agreement",)
    vendor = (f"vendor-{n % VENDORS}",)
    return BatchVerdict(_batch(n), vendor, verdict, reasons, 900, 2_700, 10, held)


def _floor(question: str, outcome: str) -> Threshold:
    bound = {"pass": 0.7, "fail": 0.6, "inconclusive": 0.62}[outcome]
    side = "upper" if outcome == "fail" else "lower"
    needs = "label 120 more items" if outcome == "inconclusive" else None
    about = "min_agreement", question, "krippendorff-alpha", 0.667, 0.7
    return Threshold(*about, bound, side, 0.95, "jackknife-log", outcome, needs)


def _estimates(batches: int, floors: int) -> list[Estimate]:
    where = [(n, at) for n in range(batches) for at in range(floors)]
    return [_estimate("krippendorff-alpha", f"q{at}", batch=_batch(n)) for n, at in where]


def _people(people: int) -> list[Estimate]:
    return [_estimate("peer-agreement", "q0", person=f"w{n:05}") for n in range(people)]


def _estimate(name: str, question: str, batch: str = "", person: str = "") -> Estimate:
    return Estimate(
        name,
        "nominal",
        value=0.7,
        low=0.6,
        high=0.8,
        units=900,
        annotations=2_700,
        method="jackknife-log",
        df=899.0,
        question_id=question,
        batch_id=batch or None,
        annotator_id=person or None,
    )


def _finding(n: int, batches: int) -> Finding:
    check = CHECKS[n % len(CHECKS)]
    person = f"w{n % 500:05}" if check == "annotator-below-peers" else None
    about = f"something was seen in {n} of 9,000 answers, more than the 1.0% allowed"
    items = [f"item-{n + at}" for at in range(5)]
    outcome = "breach" if n % 5 else "warning"
    batch = None if person else _batch(n % batches)
    question = f"q{n // batches % 4}"
    return Finding(check, outcome, "medium", about, question, batch, None, person, None,
                   {"items": items})  # fmt: skip


def _after(items: int, batches: int, people: int) -> Aftermath:
    staff = {f"vendor-{n}": tuple(f"w{at:05}" for at in range(n, people, 5)) for n in range(5)}
    return Aftermath(
        consensus=Listing(Agreed, ()),
        models=Listing(ModelAgreement, ()),
        items=Listing(Item, (_item(n, items, batches) for n in range(items))),
        plans=Listing(RelabelPlan, ()),
        vendors=Listing(VendorComparison, ()),
        confusions=Listing(ConfusedPair, [ConfusedPair("q0", "cat", "dog", 90, 1.0)]),
        staff=staff,
    )


def _item(n: int, items: int, batches: int) -> Item:
    return Item(
        "q0", f"item-{n}", _batch(n % batches), f"vendor-{n % 5}", n + 1, 1 - n / items, 1.0,
        "tied", "cat", 0.5, "1 x cat, 1 x dog", None, "risk", n < 300, 1.0, 2, 0.2,
    )  # fmt: skip
