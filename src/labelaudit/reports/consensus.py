"""The tables about labels: consensus methods, confused labels, models beside people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from labelaudit.agreed import CONSENSUS
from labelaudit.reports.summary import Section, number, without_empty

if TYPE_CHECKING:
    from labelaudit.agreed import Agreed, ModelAgreement
    from labelaudit.audit import Audit

MAX_PAIRS = 3
MAX_OF_MODEL = 4


def methods(audit: Audit) -> Section | None:
    """Return each consensus method beside majority, and against gold where there is any."""
    told = [line for line in audit.consensus if line.undefined != "scale-not-supported"]
    if not told:
        return None
    header = ("question", "consensus by", "units", "ties", "unlike majority", "right on gold [95%]")
    note = (
        "A unit where one method ties and another does not counts as unlike. No method replaces"
        " another in silence; which one ranks the review queue stands under What to do."
    )
    rows = tuple(_method(line) for line in told)
    return without_empty(Section("Consensus labels", header, rows, note=note))


def _method(line: Agreed) -> tuple[str, ...]:
    if line.undefined:
        return line.question_id, f"{line.method}: {line.undefined}", "-", "-", "-", "-"
    span = f"[{number(line.gold_low)}, {number(line.gold_high)}]"
    return (
        line.question_id,
        line.method,
        f"{line.units:,}",
        f"{line.tied:,}",
        "-" if line.method == "majority" else f"{line.differing:,}",
        "-" if line.gold_accuracy is None else f"{line.gold_accuracy:z.3f} {span}",
    )


def confused(audit: Audit) -> Section | None:
    """Return the pairs of labels that make up most disagreement."""
    grouped = groupby(audit.after.confusions, key=lambda pair: pair.question_id)
    rows = tuple(
        (pair.question_id, pair.label, pair.other_label, f"{pair.share:.0%}", f"{pair.units:,}")
        for _, pairs in grouped
        for pair in list(pairs)[:MAX_PAIRS]
    )
    header = ("question", "label", "confused with", "of disagreement", "units")
    return Section("Labels confused most", header, rows) if rows else None


def beside_models(audit: Audit) -> Section | None:
    """Return how often models answer like people."""
    grouped = groupby(audit.after.models, key=lambda line: (line.question_id, line.model))
    rows = tuple(_model(line) for _, lines in grouped for line in list(lines)[:MAX_OF_MODEL])
    if not rows:
        return None
    header = ("question", "model", "beside", "agreement [95%]", "units")
    note = (
        "Models are compared with people and never counted as people: no agreement, consensus or"
        " floor above holds a model's answer. Beside a model: the consensus, then whoever it is"
        " least like."
    )
    return Section("Models beside people", header, rows, note=note)


def _model(line: ModelAgreement) -> tuple[str, ...]:
    span = f"{line.agreement:z.3f} [{number(line.low)}, {number(line.high)}]"
    beside = "the consensus" if line.against == CONSENSUS else line.against
    return line.question_id, line.model, beside, span, f"{line.units:,}"
