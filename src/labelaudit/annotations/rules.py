"""The row rules as SQL: for deliveries too large to hold in a frame.

A property test holds them to the rows that the pandera schema rejects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from labelaudit.annotations.row_rules import column_rules, label_rules, missing_reasons
from labelaudit.engine.casts import Fault
from labelaudit.engine.reading_labels import NUMBER
from labelaudit.engine.sql import text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from labelaudit.annotations.row_rules import RuleName
    from labelaudit.model import Question


IS_LIST = "is_json_list"
"""A function that a session must be taught: no two JSON parsers agree on what is valid."""


OUTSIDE = "members_outside"
"""A function that a session must be taught: it names the members of a set outside a domain."""


def rules(questions: Sequence[Question]) -> tuple[Fault, ...]:
    """Return every rule of a row as a predicate that is true of a row at fault."""
    return tuple(_rules(questions))


def _rules(questions: Sequence[Question]) -> Iterator[Fault]:
    columns = column_rules([question.question_id for question in questions])
    for name, reason in missing_reasons(columns).items():
        yield Fault(name, reason, f"{name} is null")
    for name, column in columns.items():
        for rule in column.rules:
            yield Fault(name, rule.reason, f"not ({_PREDICATES[rule.name](name, rule.given)})")
    for rule in label_rules(questions):
        wrong = f"label is not null and not ({_PREDICATES[rule.name]('label', rule.given)})"
        yield Fault("label", rule.reason, wrong)


def set_domains(questions: Sequence[Question]) -> Mapping[str, str]:
    """Return by question of sets the JSON list of its declared labels."""
    for rule in label_rules(questions):
        if rule.name == "members_in_domain":
            return cast("Mapping[str, str]", rule.given["domains"])
    return {}


def _length(column: str, given: Mapping[str, object]) -> str:
    if given.get("max_value") is not None:
        return f"length({column}) <= {given['max_value']}"
    assert given.get("min_value") == 1, "an id has no other length to keep"
    return f"{column} <> ''"


def _isin(column: str, given: Mapping[str, object]) -> str:
    allowed = cast("tuple[str, ...]", tuple(cast("list[str]", given["allowed_values"])))
    return f"{column} in {texts(allowed)}"


def _range(column: str, given: Mapping[str, object]) -> str:
    low, high = (text(str(given[key])) for key in ("min_value", "max_value"))
    return f"{column} between {low}::timestamptz and {high}::timestamptz"


def _domain(column: str, given: Mapping[str, object]) -> str:
    domains = cast("Mapping[str, tuple[str, ...]]", given["domains"])
    return " and ".join(
        f"(question_id <> {text(question)} or {column} in {texts(labels)})"
        for question, labels in domains.items()
    )


def _number(column: str, given: Mapping[str, object]) -> str:
    asked = cast("tuple[str, ...]", given["questions"])
    number = f"try_cast({column} as double)"
    lowest = given["lowest"]
    floor = "" if lowest is None else f" and {number} >= {lowest}"
    shaped = f"regexp_full_match({column}, {text(NUMBER)})"
    good = f"coalesce({shaped} and isfinite({number}){floor}, false)"
    return f"question_id not in {texts(asked)} or {good}"


def _list(column: str, given: Mapping[str, object]) -> str:
    asked = cast("tuple[str, ...]", given["questions"])
    return f"question_id not in {texts(asked)} or {IS_LIST}({column})"


def _members(column: str, given: Mapping[str, object]) -> str:
    domains = cast("Mapping[str, str]", given["domains"])
    return " and ".join(
        f"(question_id <> {text(question)} or {OUTSIDE}({column}, {text(allowed)}) = '')"
        for question, allowed in domains.items()
    )


_PREDICATES: dict[RuleName, Callable[[str, Mapping[str, object]], str]] = {
    "str_length": _length,
    "isin": _isin,
    "greater_than_or_equal_to": lambda column, given: f"{column} >= {given['min_value']}",
    "less_than_or_equal_to": lambda column, given: f"{column} <= {given['max_value']!r}",
    "in_range": _range,
    "label_in_domain": _domain,
    "label_is_number": _number,
    "label_is_list": _list,
    "members_in_domain": _members,
}
