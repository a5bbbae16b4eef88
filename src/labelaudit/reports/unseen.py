"""What the checks could not look at, grouped by what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.summary import MAX_ROWS, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.audit import Audit
    from labelaudit.model import Finding
    from labelaudit.reports.documents import Documents

OFF_WHERE_SUBJECTIVE = (
    "annotator-below-peers",
    "annotator-decay",
    "gold-peer-gap",
    "label-bias",
    "learning-curve",
)
"""The checks that leave subjective questions out: there, who disagrees is not wrong."""
_SHOWN = 4  # batches, people or questions named


def not_looked_at(audit: Audit | Documents) -> Section | None:
    """Return a sentence for each thing that is missing, with the checks that need it.

    Before them what a subjective question turns off: that is chosen, but no pass either.
    """
    groups: dict[str, list[Finding]] = {}
    for found in audit.findings:
        if found.outcome == "unknown":
            groups.setdefault(_needs(found), []).append(found)
    questions = {question.question_id for question in audit.questions}
    rows = (
        *((said,) for said in _off(audit)),
        *((_sentence(needs, found, questions),) for needs, found in groups.items()),
    )
    if not rows:
        return None
    left = max(len(rows) - MAX_ROWS, 0)
    return Section("Not looked at, because something is missing", (), rows[:MAX_ROWS], left)


def _off(audit: Audit | Documents) -> Iterator[str]:
    """Yield once, for all subjective questions, which checks of people are off there."""
    named = [one.question_id for one in audit.questions if one.nature == "subjective"]
    if named:
        are = "is" if len(named) == 1 else "are"
        yield (
            f"off, because {', '.join(named)} {are} subjective and who disagrees there is not"
            f" wrong: {', '.join(OFF_WHERE_SUBJECTIVE)}"
        )


def _needs(found: Finding) -> str:
    """Return what a finding says it needs, else its message."""
    needs = found.evidence.get("needs")
    if isinstance(needs, str) and needs:
        return f"needs {needs}"
    _, needed, what = found.message.partition("; needs ")
    return f"needs {what}" if needed else found.message


def _sentence(needs: str, found: Sequence[Finding], questions: set[str]) -> str:
    checks = ", ".join(dict.fromkeys(f"{one.check}{_partly(one)}" for one in found))
    return f"{needs}: {checks}{_where(found, questions)}"


def _partly(found: Finding) -> str:
    """Say for how many people a check that looked at the others could not look."""
    people, everybody = found.evidence.get("people_left_out"), found.evidence.get("people")
    return f" (for {people:,} of {everybody:,} people)" if people and everybody else ""


def _where(found: Sequence[Finding], questions: set[str]) -> str:
    """Say at which questions, batches or people, where it is not at all of them."""
    asked = {one.question_id for one in found if one.question_id}
    places = [] if asked == questions else sorted(asked)
    scopes = ((one.batch_id, one.vendor, one.annotator_id, one.item_id) for one in found)
    places += dict.fromkeys(name for scope in scopes for name in scope if name)
    more = f" and {len(places) - _SHOWN:,} more" if len(places) > _SHOWN else ""
    return f" ({', '.join(places[:_SHOWN])}{more})" if places else ""
