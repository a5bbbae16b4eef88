"""A summary of a gate in markdown: for a step summary, or a comment on a pull request.

It holds no link and needs no delivery: `--report github-summary=summary.md` of a finished run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.safe import markdown
from labelaudit.reports.summary import accepted, headline, lines, many, size
from labelaudit.reports.told import sentence, unjudged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from labelaudit.model import BatchVerdict
    from labelaudit.reports.documents import Documents

MAX_ROWS = 20
_ORDER = {"reject": 0, "review": 1, "accept": 2}
_MARKS = {"reject": "**reject**", "review": "review", "accept": "accept"}
_ENDS = {0: "PASS", 1: "FAIL", 3: "UNDECIDED"}


def render(documents: Documents) -> str:
    """Return the verdicts, the gravest findings and the waivers as markdown."""
    parts = [
        [f"## labelaudit: {headline(documents)}"],
        [size(documents)],
        _gate(documents),
        _batches(documents),
        _undecided(documents),
        _findings(documents),
        _waivers(documents),
    ]
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part) + "\n"


def _gate(documents: Documents) -> list[str]:
    told = [f"**{why}**" for why in [unjudged(documents)] if why]
    if documents.gate:
        code = documents.gate["exit_code"]
        word = _ENDS.get(code if isinstance(code, int) else -1, "")
        told.append(f"Gate: **{word}** (exit {code}): {markdown(str(documents.gate['reason']))}")
    if documents.ledger:
        told.append(f"Ledger: entry {documents.ledger['entries']}, `{documents.ledger['sha256']}`")
    return "\n\n".join(told).split("\n") if told else []


def _batches(documents: Documents) -> list[str]:
    ranked = sorted(documents.verdicts, key=lambda one: (_ORDER[one.verdict], one.batch_id))
    rows = [_row(documents, one) for one in ranked[:MAX_ROWS]]
    head = ["| batch | verdict | units | people | because |", "| --- | --- | --- | --- | --- |"]
    return [*head, *rows, *_more(len(ranked) - len(rows), "batches")] if rows else []


def _row(documents: Documents, verdict: BatchVerdict) -> str:
    reasons = [
        f"{reason} (waived)" if (verdict.batch_id, reason) in documents.waived else reason
        for reason in verdict.reasons
    ]
    shown = _MARKS[verdict.verdict]
    if verdict.batch_id in documents.let_through:
        shown += ", let through"
    cells = (markdown(verdict.batch_id), shown, f"{verdict.units:,}", f"{verdict.annotators:,}")
    return f"| {' | '.join((*cells, markdown(', '.join(reasons)) or accepted(verdict)))} |"


def _undecided(documents: Documents) -> list[str]:
    """Say of every floor that is undecided what would decide it."""
    told = [
        f"- {markdown(verdict.batch_id)}: {markdown(sentence(held))}"
        for verdict in documents.verdicts
        for held in verdict.thresholds
        if held.outcome == "inconclusive"
    ]
    more = _more(len(told) - MAX_ROWS, "floors")
    return ["### What would decide it", "", *told[:MAX_ROWS], *more] if told else []


def _findings(documents: Documents) -> list[str]:
    shown, left = lines(documents)
    told = [
        f"- **{seen.finding.outcome}** `{seen.finding.check}` {markdown(seen.place)}:"
        f" {markdown(seen.message)}"
        for seen in shown[:MAX_ROWS]
    ]
    left += sum(seen.findings for seen in shown[MAX_ROWS:]) + documents.left_out("findings")
    return ["### Findings", "", *(told or ["none"]), *_more(left, "findings")]


def _waivers(documents: Documents) -> list[str]:
    told = [*_told(documents)]
    more = _more(len(told) - MAX_ROWS, "waivers")
    return ["### Waivers", "", *told[:MAX_ROWS], *more] if told else []


def _told(documents: Documents) -> Iterator[str]:
    for one in documents.waived.values():
        yield f"- {markdown(one.batch_id)}, {markdown(one.check)}: {markdown(one.words)}"
    known = documents.waivers
    for fault in known.faulty:
        yield f"- **no waiver**: {markdown(fault)}"
    yield from (f"- **expired**: {_waiver(one)}" for one in known.expired)
    yield from (f"- unused: {_waiver(one)}" for one in known.unused)


def _waiver(one: Mapping[str, str]) -> str:
    return markdown(
        f"{one['check']} at {one['scope']} until {one['expires']} by {one['owner']}:"
        f" {one['reason']}"
    )


def _more(count: int, things: str) -> Sequence[str]:
    return ["", f"... and {many(count, 'more', 'more')} {things}"] if count > 0 else []
