"""How it was measured: the limits in force, the methods, the files, and what is not listed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from labelaudit.gate import LOOKS
from labelaudit.reports.page.decided import together
from labelaudit.reports.summary import LOT, Section, many, of_a_lot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.model import Scalar
    from labelaudit.reports.documents import Documents
    from labelaudit.settings import Limits

MAX_FILES = 20
METHODS = {
    "jackknife-log": "delete-one-unit jackknife on log(1 - value), with a t quantile",
    "exact-no-disagreement": "exact bound, because no disagreement was seen",
    "korn-graubard": "Korn-Graubard: Clopper-Pearson on the effective sample, by annotator",
    "clopper-pearson": "Clopper-Pearson",
    "exact-all-alike": "exact bound, because all disagreement is alike",
    "t-logit": "t quantile on the logit scale",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Facts to repeat the audit by, and tables of limits and files."""

    facts: tuple[tuple[str, str], ...]
    limits: Section
    files: Section
    not_listed: tuple[str, ...]


def measured(documents: Documents) -> Measured:
    """Return how it was measured."""
    return Measured(
        tuple(_facts(documents)), _limits(documents), _files(documents), tuple(_capped(documents))
    )


def _facts(documents: Documents) -> Iterator[tuple[str, str]]:
    audit, policy = documents.audit, documents.policy
    used = {one.method for one in documents.estimates if one.method}
    told = "; ".join(METHODS.get(name, name) for name in sorted(used))
    yield "intervals", f"95%, two-sided: {told}" if told else "none could be made"
    level = f"{1 - policy.consumer_risk:.4g}"
    yield "decision", f"a floor is held against one-sided bounds at {level}, never against a point"
    if of_a_lot(documents.verdicts):
        yield "gold", LOT
    looks = documents.gate.get("looks")
    yield "looks", looks if isinstance(looks, str) else LOOKS
    if said := together(documents):
        yield "all floors counted", said
    yield "labelaudit version", str(audit.get("labelaudit_version", ""))
    yield "seed", str(audit.get("seed", ""))
    yield "configuration (SHA-256)", str(audit.get("config_sha256", ""))
    if documents.gate:
        yield "gated on", str(documents.gate.get("today", ""))
    if ledger := documents.ledger:
        yield "ledger", f"entry {ledger['entries']}, head {ledger['sha256']}"
    masked = audit.get("masked")
    if isinstance(masked, int) and masked:
        yield "masked", f"{many(masked, 'annotator id')} that looked like names or addresses"


def _limits(documents: Documents) -> Section:
    policy = documents.policy
    rows = [*_of("everything", policy.limits)]
    for name in policy.questions:
        rows += _of(f"question {name}", policy.limits_for(name, ()), policy.limits)
    for name, changes in policy.vendors.items():
        rows += [(f"vendor {name}", key, _told(value)) for key, value in changes.items()]
    rows.append(("everything", "max_rejected_fraction", f"{policy.max_rejected_fraction:g}"))
    rows.append(("everything", "required_checks", ", ".join(policy.required_checks) or "none"))
    return Section("Limits in force", ("where", "limit", "value"), tuple(rows))


def _of(where: str, limits: Limits, base: Limits | None = None) -> Iterator[tuple[str, str, str]]:
    for one in fields(limits):
        value = getattr(limits, one.name)
        if base is None or value != getattr(base, one.name):
            yield where, one.name, _told(value)


def _told(value: Scalar) -> str:
    """Write a limit as the configuration does."""
    if value is None:
        return "not set"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _files(documents: Documents) -> Section:
    rows = tuple(
        (file.path, file.reader, f"{file.rows:,}", f"{file.rejected_rows:,}", file.sha256)
        for file in documents.inputs[:MAX_FILES]
    )
    header = ("file", "read as", "rows", "rejected", "SHA-256")
    return Section("Files", header, rows, len(documents.inputs) - len(rows))


def _capped(documents: Documents) -> Iterator[str]:
    """Say which lists of `audit.json` are cut, and where the whole stands."""
    for name in ("findings", "estimates", "items"):
        if left := documents.left_out(name):
            yield f"{left:,} more {name} stand in {name}.parquet of the run folder"
