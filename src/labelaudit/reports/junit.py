"""JUnit XML: a suite per batch, a case per floor and per check that decides it.

A floor that failed is a failure. One that is undecided is skipped, with what would decide it,
or a failure where the policy lets it reject. A batch without any floor is an error: it did
not pass. What was waived is skipped where waivers let the batch through, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from labelaudit.reports.told import (
    CHECK_OF,
    NO_THRESHOLD,
    NOTHING_GATED,
    REJECTING,
    other_checks,
    rejects,
    sentence,
    unjudged,
)
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.model import BatchVerdict, Finding
    from labelaudit.reports.documents import Documents

MAX_CHARACTERS = 400
_NO_XML = str.maketrans({"\ufffe": "\\ufffe", "\uffff": "\\uffff"})


@dataclass(frozen=True, slots=True)
class _Case:
    """A test case: its name, how it ended, and why."""

    name: str
    ended: Literal["passed", "failure", "skipped", "error"]
    message: str = ""
    waived: str = ""


def render(documents: Documents) -> str:
    """Return the verdicts as JUnit XML."""
    suites = [*_suites(documents)]
    everything = [case for _, cases, _ in suites for case in cases]
    top = Element("testsuites", {"name": "labelaudit", **_counts(everything)})
    for number, (name, cases, properties) in enumerate(suites):
        about = {"name": _text(name), "id": str(number), **_counts(cases)}
        _fill(SubElement(top, "testsuite", about), name, cases, properties)
    indent(top, " ")
    body: str = tostring(top, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suites(
    documents: Documents,
) -> Iterator[tuple[str, Sequence[_Case], dict[str, str]]]:
    why = unjudged(documents)
    if why and (documents.has_thresholds or not documents.verdicts):
        yield "the delivery", [_Case("delivery", "error", why)], {}
    about: dict[str | None, list[Finding]] = {}
    for found in documents.findings:
        about.setdefault(found.batch_id, []).append(found)
    for verdict in documents.verdicts:
        own = [*about.get(verdict.batch_id, []), *about.get(None, [])]
        cases = [*_floors(documents, verdict), *_checks(documents, verdict, own)]
        properties = {"verdict": verdict.verdict, "vendors": ", ".join(verdict.vendors)}
        if verdict.batch_id in documents.let_through:
            properties["let_through"] = "by waivers"
        yield verdict.batch_id, cases, properties


def _floors(documents: Documents, verdict: BatchVerdict) -> Iterator[_Case]:
    if NO_THRESHOLD in verdict.reasons or not (verdict.thresholds or documents.has_thresholds):
        yield _Case("a floor is configured", "error", NOTHING_GATED)
    for held in verdict.thresholds:
        name = f"{held.name} of {held.question_id} ({held.coefficient})"
        if held.outcome == "pass":
            yield _Case(name, "passed")
        else:
            ended: Literal["failure", "skipped"] = (
                "failure" if rejects(documents, verdict, held) else "skipped"
            )
            case = _Case(name, ended, sentence(held))
            yield _unless_waived(documents, verdict, CHECK_OF.get(held.name, ""), case)


def _checks(documents: Documents, verdict: BatchVerdict, own: Sequence[Finding]) -> Iterator[_Case]:
    for check in other_checks(documents, verdict):
        if check not in verdict.reasons:
            yield _Case(check, "passed")
            continue
        seen = [found for found in own if found.check == check]
        rejected = check in REJECTING and any(found.outcome == "breach" for found in seen)
        said = "; ".join(dict.fromkeys(found.message for found in seen)) or "see audit.json"
        case = _Case(check, "failure" if rejected else "skipped", said)
        yield _unless_waived(documents, verdict, check, case)


def _unless_waived(documents: Documents, verdict: BatchVerdict, check: str, case: _Case) -> _Case:
    """Note a waiver; the case stays as it is unless waivers let the whole batch through."""
    waived = documents.waived.get((verdict.batch_id, check))
    if waived is None:
        return case
    through = verdict.batch_id in documents.let_through
    ended = "skipped" if through else case.ended
    return _Case(case.name, ended, f"{waived.words}; {case.message}", waived.words)


def _counts(cases: Sequence[_Case]) -> dict[str, str]:
    named = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    counted = {
        plural: str(sum(case.ended == name for case in cases)) for plural, name in named.items()
    }
    return {"tests": str(len(cases)), **counted}


def _fill(suite: Element, batch: str, cases: Sequence[_Case], about: dict[str, str]) -> None:
    if about:
        properties = SubElement(suite, "properties")
        for name, value in about.items():
            SubElement(properties, "property", {"name": name, "value": _text(value)})
    for case in cases:
        named = {"classname": _text(batch), "name": _text(case.name)}
        element = SubElement(suite, "testcase", named)
        if case.ended != "passed":
            said = _text(case.message)  # some readers show the attribute, some the content
            SubElement(element, case.ended, {"message": said}).text = said
        if case.waived:
            SubElement(element, "system-out").text = _text(case.waived)


def _text(text: str) -> str:
    """Return text that XML can hold, on one line."""
    return visible(text, MAX_CHARACTERS).translate(_NO_XML)
