"""What the day decided: waivers, looks, and what all floors together make of the failed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from labelaudit.reports.summary import Section, many, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.reports.documents import Documents

MAX_ROWS = 40
_SIGNS = {"fail": "under", "inconclusive": "not clear of"}
_KEPT = ("scope", "check", "expires", "owner", "reason")


def waivers(documents: Documents) -> Section | None:
    """Return the waivers: used, none at all, of a past day, and not needed."""
    rows = [
        ("used", one.batch_id, one.check, one.expires, one.owner, one.reason)
        for one in documents.waived.values()
    ]
    known = documents.waivers
    rows += [("NO WAIVER", "-", "-", "-", "-", fault) for fault in known.faulty]
    rows += [_row("expired", one) for one in known.expired]
    rows += [_row("unused", one) for one in known.unused]
    header = ("waiver", "where", "check", "until", "owner", "reason")
    through = many(len(documents.let_through), "batch", "batches")
    note = f"{through} let through by waivers alone."
    shown = tuple(rows[:MAX_ROWS])
    return Section("Waivers", header, shown, len(rows) - len(shown), note) if rows else None


def _row(state: str, one: Mapping[str, str]) -> tuple[str, str, str, str, str, str]:
    scope, check, expires, owner, reason = (one[name] for name in _KEPT)
    return state, scope, check, expires, owner, reason


def looks(documents: Documents) -> Section | None:
    """Return the looks that passed no floor, and how many did."""
    held = [(str(one["batch_id"]), floor) for one in _batches(documents) for floor in _floors(one)]
    taken = [(batch, floor) for batch, floor in held if floor.get("look") or floor.get("reason")]
    open_ones = [(batch, floor) for batch, floor in taken if floor["outcome"] != "pass"]
    rows = tuple(tuple(_look(batch, floor)) for batch, floor in open_ones[:MAX_ROWS])
    header = ("batch", "question", "floor", "look", "risk spent", "labeled", "bound")
    note = (
        f"{many(len(taken) - len(open_ones), 'more look')} passed. Looks at a batch that is topped"
        " up share the risk of passing a bad one; the same data again are no new look."
    )
    left = len(open_ones) - len(rows)
    return Section("Looks that passed no floor", header, rows, left, note) if taken else None


def _look(batch: str, floor: Mapping[str, object]) -> Iterator[str]:
    yield batch
    yield str(floor["question_id"])
    yield str(floor["name"]).removeprefix("min_")
    look, why = floor.get("look"), floor.get("reason")
    yield f"{look or '-'}{'' if floor.get('new', True) else ' (again)'}{f', {why}' if why else ''}"
    spent = cast("float | None", floor.get("risk_fraction"))
    yield "-" if spent is None else f"{spent:.0%}"
    planned = floor.get("n_planned")
    yield f"{floor.get('n', '-')}{'' if planned is None else f' of {planned} planned'}"
    bound = cast("float | None", floor["bound"])
    yield f"{number(bound)} is {_SIGNS[str(floor['outcome'])]} {floor['limit']}"


def together(documents: Documents) -> str:
    """Say which failed batches would stand if all floors were counted; empty where none failed."""
    found = cast("Mapping[str, Sequence[str]]", documents.gate.get("multiplicity") or {})
    if not found or not found["failed"]:
        return ""
    stand = (
        f"{len(found['stand'])} of {many(len(found['failed']), 'failed batch', 'failed batches')}"
    )
    return f"{stand} would stand with all {found['floors']} floors counted (Benjamini-Hochberg)"


def _batches(documents: Documents) -> Sequence[Mapping[str, object]]:
    return documents.records("batches", documents.gate)


def _floors(batch: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    return cast("Sequence[Mapping[str, object]]", batch.get("thresholds") or ())
