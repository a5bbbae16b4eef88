"""Vendors of a run: how their batches fared, and what to send back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.dossier.batches import FALSE_DISCOVERIES, GOLD, coefficient_of
from labelaudit.dossier.documents import finding
from labelaudit.dossier.rows import part, records
from labelaudit.queue import Item
from labelaudit.reports.letters import Known, vendors_to_write, written

if TYPE_CHECKING:
    from pathlib import Path

    from labelaudit.dossier.documents import Document
    from labelaudit.dossier.roll import Roll
    from labelaudit.model import Estimate
    from labelaudit.scorecards import VendorComparison

__all__ = ["VendorLine", "agrees_more", "letter_to", "vendor_lines", "vendors_to_write"]


@dataclass(frozen=True, slots=True)
class VendorLine:
    """One vendor under one question; its batches by verdict."""

    vendor: str
    accepted: int
    to_review: int
    rejected: int
    agreement: Estimate | None
    gold: Estimate | None


def vendor_lines(document: Document, question: str) -> tuple[VendorLine, ...]:
    """Return the vendors by name."""
    fared = Counter(
        (vendor, found.verdict) for found in document.verdicts for vendor in found.vendors
    )
    judged = coefficient_of(document, question)
    return tuple(
        VendorLine(
            vendor,
            fared[vendor, "accept"],
            fared[vendor, "review"],
            fared[vendor, "reject"],
            document.by_vendor.get((judged, question, vendor)),
            document.by_vendor.get((GOLD, question, vendor)),
        )
        for vendor in sorted({vendor for vendor, _ in fared})
    )


def agrees_more(pair: VendorComparison) -> str | None:
    """Return which of two vendors agrees better with itself, where that is beyond chance."""
    if pair.difference is None or pair.adjusted_p is None or pair.adjusted_p > FALSE_DISCOVERIES:
        return None
    return pair.first if pair.difference > 0 else pair.second


def letter_to(run: Path, document: Document, roll: Roll, vendor: str) -> str:
    """Return what to send back to a vendor, as markdown."""
    findings = part(run, "findings", filters=[("outcome", "!=", "unknown")])
    items = records(Item, run, "items", [("vendor", "=", vendor), ("more_labels", ">", 0)])
    told = tuple(map(finding, findings.to_pylist()))
    return written(Known(document.verdicts, told, items, roll.staff), vendor)
