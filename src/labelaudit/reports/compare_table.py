"""Two runs beside each other: as text for a terminal, and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING

from labelaudit.comparing.judging import WHY_ASKED
from labelaudit.comparing.record import KINDS
from labelaudit.reports.compare_batches import batch_lines
from labelaudit.reports.compare_columns import (
    MAX_LINES,
    WIDTH,
    short,
    span,
    table,
    value,
)
from labelaudit.reports.json_report import plain
from labelaudit.reports.safe import visible
from labelaudit.reports.summary import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.comparing.record import (
        Change,
        ChangeCount,
        Difference,
        ReAudit,
        RunSide,
        VendorDuel,
        VendorPair,
    )

SCHEMA_VERSION = "1"
MAX_EXAMPLES = 5
_PARTS = {
    "all": "all",
    "asked": "asked",
    "not-asked": "not asked",
    "drawn-uniformly": "uniform",
    "fresh": "fresh",
}
_COUNTS = ("asked", "done", "other", "same", "lost", "unasked")
_LEGEND = (
    "done: changed as asked; other: changed otherwise; same: unchanged though asked; lost:"
    " asked, and not in the second run; unasked: changed although nobody asked"
)
_OF_PARTS = (
    "not asked: items that nobody asked for; uniform: those the first run drew by chance, asked"
    " for or not; fresh: items of the second run only, beside all of the first"
)
_OF_VENDORS = (
    "Paired by item, so hard items count alike. *: p below 0.05, adjusted for all pairs of the"
    " question. same-label: on how many the most frequent label of both is the same."
)


def as_json(found: ReAudit | VendorDuel) -> str:
    """Return a comparison as one JSON document."""
    kind = "vendors" if hasattr(found, "pairs") else "re-audit"
    document = {"schema_version": SCHEMA_VERSION, "kind": kind, **asdict(found)}
    return json.dumps(plain(document), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def as_text(found: ReAudit) -> str:
    """Return a re-audit as text, 80 columns wide."""
    return "\n".join(_lines(found)) + "\n"


def vendors_as_text(found: VendorDuel) -> str:
    """Return vendors on shared items as text."""
    lines = list(_notes(found.notes))
    pairs = dict.fromkeys((pair.first, pair.second) for pair in found.pairs)
    for first, second in [*pairs][:MAX_LINES]:
        lines += ["", f"{visible(first)} - {visible(second)}, on the items they share"]
        told = [pair for pair in found.pairs if (pair.first, pair.second) == (first, second)]
        lines += table(
            ("question", "measure", "items", "values", "difference [95%]"), map(_pair, told)
        )
    if len(pairs) > MAX_LINES:
        lines += [f"... and {len(pairs) - MAX_LINES:,} more pairs (--json has all)"]
    lines += ["", *wrap(_OF_VENDORS, WIDTH)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _pair(pair: VendorPair) -> tuple[str, ...]:
    mark = " *" if pair.adjusted_p is not None and pair.adjusted_p < 0.05 else ""
    values = f"{number(pair.first_value)} - {number(pair.second_value)}"
    gap = span(pair.difference, pair.low, pair.high, pair.undefined) + mark
    if pair.measure == "same-label":
        values, gap = value(pair.first_value, pair.first_low, pair.first_high), "-"
    return (
        pair.question_id,
        short(pair.measure),
        f"{pair.shared_units:,}",
        values,
        gap,
    )


def _lines(found: ReAudit) -> Iterator[str]:
    yield f"before: {_run(found.before)}"
    yield f"after:  {_run(found.after)}"
    yield f"asked:  {visible(found.asked_from)}"
    yield from _notes(found.notes)
    yield ""
    yield "Units that changed"
    yield from _count_table(found.counts)
    yield from _examples(found.listed, found.counts)
    yield ""
    yield "Before and after, on the same items"
    yield from _difference_table([one for one in _moved(found) if one.batch_id is None])
    yield from wrap(WHY_ASKED, WIDTH) if any(c.asked for c in found.counts) else ()
    for repair in found.repairs:
        yield from wrap(f"{visible(repair.question_id)}: {repair.outcome}: {repair.says}", WIDTH)
    yield ""
    yield "Batches, before -> after, and the paired difference [95%]"
    yield from batch_lines(found)
    yield ""
    yield from _findings(found)


def _run(side: RunSide) -> str:
    rejected = f" ({side.rejected_rows:,} rejected)" if side.rejected_rows else ""
    return f"{visible(side.path)}: {side.verdict}, {side.rows:,} rows{rejected}"


def _notes(notes: Sequence[str]) -> Iterator[str]:
    for note in notes:
        yield from wrap(f"! {visible(note, 400)}", WIDTH, subsequent_indent="  ")


def _count_table(counts: Sequence[ChangeCount]) -> Iterator[str]:
    told = [one for one in counts if one.batch_id is None or one.asked or one.changed_not_asked]
    shown = sorted(told, key=_by_weight)
    rows = [
        (
            one.question_id,
            one.batch_id if one.batch_id is not None else "(all)",
            one.vendor or "-",
            *(f"{value:,}" for value in (one.units, one.asked, *_of(one))),
        )
        for one in shown[:MAX_LINES]
    ]
    yield from table(("question", "batch", "vendor", "units", *_COUNTS), rows, left=3)
    if len(shown) > MAX_LINES:
        yield f"... and {len(shown) - MAX_LINES:,} more lines (--json has all)"
    yield from wrap(_LEGEND, WIDTH)


def _by_weight(one: ChangeCount) -> tuple[bool, int]:
    """Sort what is over all first, then where most was asked or changed unasked."""
    return one.batch_id is not None, -(one.asked + one.changed_not_asked)


def _of(one: ChangeCount) -> Iterator[int]:
    return (getattr(one, kind.replace("-", "_")) for kind in KINDS)


def _examples(listed: Sequence[Change], counts: Sequence[ChangeCount]) -> Iterator[str]:
    totals: Counter[str] = Counter()
    for one in counts:
        if one.batch_id is None:
            totals.update(dict(zip(KINDS, _of(one), strict=True)))
    for kind in KINDS:
        of_kind = [change for change in listed if change.kind == kind]
        if not of_kind:
            continue
        yield f"{kind}: {totals[kind]:,}"
        for change in of_kind[:MAX_EXAMPLES]:
            yield f"    {_change(change)}"
        if totals[kind] > MAX_EXAMPLES:
            yield f"    ... and {totals[kind] - MAX_EXAMPLES:,} more"


def _change(change: Change) -> str:
    names = f"{visible(change.item_id, 40)} / {visible(change.question_id, 20)}"
    wanted = f" (asked: {visible(change.wanted, 40)})" if change.wanted else ""
    after = visible(change.after, 60) or "nothing"
    votes = f"{visible(change.before, 60)} -> {after}"
    return f"{names} in {visible(change.batch_id, 20)}: {votes}{wanted}"


def _moved(found: ReAudit) -> list[Difference]:
    """Return the differences of questions of which any label changed."""
    kept = {one.question_id for one in found.counts if one.batch_id is None and any(_changed(one))}
    return [one for one in found.differences if one.question_id in kept]


def _changed(one: ChangeCount) -> tuple[int, ...]:
    return one.changed_as_asked, one.changed_otherwise, one.changed_not_asked


def _difference_table(found: Sequence[Difference]) -> Iterator[str]:
    rows = [
        (
            one.question_id,
            _PARTS[one.part],
            short(one.measure),
            f"{one.units:,}",
            f"{number(one.before)} -> {number(one.after)}",
            span(one.difference, one.low, one.high, one.undefined),
        )
        for one in found[: 2 * MAX_LINES]
    ]
    header = ("question", "items", "measure", "units", "before -> after", "difference [95%]")
    yield from table(header, rows)
    yield from wrap(_OF_PARTS if rows else "(no label changed)", WIDTH)


def _findings(found: ReAudit) -> Iterator[str]:
    states = Counter(one.state for one in found.findings if one.outcome != "unknown")
    said = ", ".join(f"{states[state]} {state}" for state in ("gone", "new", "still-there"))
    yield f"Findings: {said}"
    for state in ("new", "still-there", "gone"):
        told = [f for f in found.findings if f.state == state and f.outcome != "unknown"]
        for one in told[:MAX_EXAMPLES]:
            place = " / ".join(filter(None, (one.batch_id, one.annotator_id, one.question_id)))
            yield f"  {state:<11}  {one.outcome:<7}  {one.check}  {visible(place)}"
        if len(told) > MAX_EXAMPLES:
            yield f"  {state:<11}  ... and {len(told) - MAX_EXAMPLES:,} more"
