"""Write docs/undefined-cases.md again: every degenerate case, computed over the whole shelf."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING

from generated import ROOT, main
from undefined_cases import INTERVALS, REFUSED, VALUES

from labelaudit.coefficients import COEFFICIENTS, REASONS, UNITS, estimate_with
from labelaudit.errors import LabelAuditError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generated import Pages
    from undefined_cases import Case

    from labelaudit.model import Estimate

PAGE = ROOT / "docs" / "undefined-cases.md"
HEAD = """# Undefined cases

A number that cannot be computed is missing and says why; it is never NaN, 0 or 1, and never a pass.
`Estimate.value` is then `None` and `Estimate.undefined` holds a reason code. Where the value is
sound but its interval is not, `low` and `high` are `None` and `interval_undefined` holds the code.

This page is computed: each row is a small table of labels that went through every coefficient of
the shelf (`python scripts/refresh_undefined.py`). Which coefficient to choose is on
[its own page](choosing-a-coefficient.md).
"""
VALUE = """
## Is there a value?

Two labels, `a` and `b`. A number in bold is a value: those coefficients are defined there.
"""
INTERVAL = """
## Is there an interval?

The method where there is one, else the reason why there is none (the value stands).
`exact-no-disagreement` is the exact binomial bound: no disagreement seen is not none to be seen.
`exact-all-alike` is its mirror: no unit with less disagreement seen is not none to be seen.
"""
REFUSAL = """
## What is refused before anything is measured

These end in an error that says where, what was expected and what to do: exit code 4 for data, 2 for
the request.

| case | error | says |
| --- | --- | --- |
"""
CODES = """
## The codes

| code | meaning |
| --- | --- |
"""


def found(name: str, case: Case) -> Estimate:
    """Return what a coefficient says of a case."""
    return estimate_with(COEFFICIENTS[name], case.data(), case.spec, UNITS, 0.95)


def value(estimate: Estimate) -> str:
    """Return the value, or the code of the reason for having none."""
    return f"`{estimate.undefined}`" if estimate.value is None else f"{estimate.value:.2f}"


def interval(estimate: Estimate) -> str:
    """Return the method of the interval, or the code of the reason for having none."""
    return f"`{estimate.interval_undefined}`" if estimate.low is None else f"{estimate.method}"


def table(cases: Iterable[Case], cell: Callable[[Estimate], str]) -> str:
    """Return the table: for each case, what was said and by which coefficients."""
    rows = [f"| {case.name} | {'; '.join(answers(case, cell))} |\n" for case in cases]
    return "\n| case | coefficients |\n| --- | --- |\n" + "".join(rows)


def answers(case: Case, cell: Callable[[Estimate], str]) -> Iterator[str]:
    """Yield each answer with the coefficients that give it."""
    given: dict[str, list[str]] = {}
    for name in COEFFICIENTS:
        given.setdefault(cell(found(name, case)), []).append(name)
    for answer, names in given.items():
        yield f"**{answer}** {'all' if len(names) == len(COEFFICIENTS) else ', '.join(names)}"


def refusal(call: Callable[[], Estimate]) -> str:
    """Return the row of a call that ends in an error."""
    title = inspect.getdoc(call) or ""
    try:
        call()
    except LabelAuditError as error:
        said = f"{error.where}: {error.problem}".replace("|", "\\|")
        return f"| {title.rstrip('.').lower()} | {type(error).__name__} | {said} |\n"
    raise AssertionError(f"{title} should be refused")


def pages() -> Pages:
    """Return docs/undefined-cases.md as it should stand."""
    parts = [
        HEAD,
        VALUE + table(VALUES, value),
        INTERVAL + table(INTERVALS, interval),
        REFUSAL + "".join(refusal(call) for call in REFUSED),
        CODES + "".join(f"| `{code}` | {meaning} |\n" for code, meaning in REASONS.items()),
    ]
    return {PAGE: "".join(parts)}


if __name__ == "__main__":
    sys.exit(main(pages))
