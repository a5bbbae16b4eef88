"""The tables of the text and markdown reports, as plain rows: rendering comes after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.evidence import COMPARED_EXACTLY
from labelaudit.reports.consensus import beside_models, confused, methods
from labelaudit.reports.looks import looks
from labelaudit.reports.people import flagged, people
from labelaudit.reports.repair import what_to_do
from labelaudit.reports.summary import MAX_ROWS, Section, accepted, interval, without
from labelaudit.reports.unseen import not_looked_at
from labelaudit.reports.vendors import same_items, side_by_side
from labelaudit.reports.waived import reasons, waivers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.audit import Audit
    from labelaudit.model import BatchVerdict, Estimate, Threshold

_ORDER = {"reject": 0, "review": 1, "accept": 2}
_OUTCOMES = {"fail": 0, "inconclusive": 1, "pass": 2}
_SIGNS = {"fail": "<", "pass": ">=", "inconclusive": "?"}
_SHORT = {"krippendorff-alpha": "alpha", "gold-accuracy": "gold"}


def sections(audit: Audit) -> Iterator[Section]:
    """Yield the tables of a report, most wanted first."""
    yield _batches(audit)
    found = (
        looks(audit),
        waivers(audit),
        people(audit),
        flagged(audit),
        what_to_do(audit),
        not_looked_at(audit),
        _overall(audit),
        side_by_side(audit),
        same_items(audit),
        confused(audit),
        methods(audit),
        beside_models(audit),
    )
    several = len(audit.questions) > 1
    yield from (
        section if several else without(section, "question") for section in found if section
    )


def _batches(audit: Audit) -> Section:
    ranked = sorted(audit.verdicts, key=lambda found: (_ORDER[found.verdict], found.batch_id))
    rows = tuple(_batch(audit, found) for found in ranked[:MAX_ROWS])
    header = ("batch", "verdict", "units", "people", "floor", "bound", "because")
    note = "floor: the closest one, with its one-sided bound (< failed, ? undecided)"
    left = len(ranked) - len(rows)
    return Section("Batches", header, rows, left, note if audit.has_thresholds else "")


def _batch(audit: Audit, verdict: BatchVerdict) -> tuple[str, ...]:
    held = min(verdict.thresholds, key=_margin, default=None)
    return (
        verdict.batch_id,
        verdict.verdict,
        f"{verdict.units:,}",
        f"{verdict.annotators:,}",
        *_closest(held, several=len(audit.questions) > 1),
        reasons(audit, verdict) or accepted(verdict),
    )


def _margin(threshold: Threshold) -> tuple[int, float]:
    bound = threshold.bound if threshold.bound is not None else -1.0
    return _OUTCOMES[threshold.outcome], bound - threshold.limit


def _closest(threshold: Threshold | None, *, several: bool) -> tuple[str, str]:
    """Write a held floor in few characters: which question and measure, what against what."""
    if threshold is None:
        return "no floor", "-"
    what = _SHORT.get(threshold.coefficient, threshold.coefficient)
    where = f"{threshold.question_id} {what}" if several else what
    if threshold.bound is None:
        return where, "not measured"
    return where, f"{threshold.bound:z.3f} {_SIGNS[threshold.outcome]} {threshold.limit:g}"


def _overall(audit: Audit) -> Section:
    rows = tuple(
        (
            found.question_id or "",
            found.coefficient,
            interval(found),
            f"{found.units:,}",
            f"{found.annotations:,}",
        )
        for found in audit.estimates
        if _is_whole(found) and _says_something(found)
    )
    header = ("question", "coefficient", "value [95%]", "units", "labels")
    return Section("Over everything", header, rows)


def _is_whole(found: Estimate) -> bool:
    return found.batch_id is None and found.vendor is None and found.annotator_id is None


def _says_something(found: Estimate) -> bool:
    """Say whether equal answers mean much on this scale; they do not between 51.2 and 51.3."""
    return found.coefficient != "percent-agreement" or found.scale in COMPARED_EXACTLY
