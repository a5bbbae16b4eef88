"""The schema's rules as SQL: for deliveries too large to hold in a frame.

Derived from the pandera object and from nothing else; a property test holds the two to the
same rejected rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from labelaudit.engine.casts import Fault
from labelaudit.engine.reading_labels import NUMBER
from labelaudit.engine.sql import text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandera.pandas as pa


IS_LIST = "is_json_list"
"""A function that a session must be taught: no two JSON parsers agree on what is valid."""


OUTSIDE = "members_outside"
"""A function that a session must be taught: it names the members of a set outside a domain."""


class _Named(Protocol):
    """The part of a pandera check that is read back."""

    name: str
    statistics: Mapping[str, object]
    error: str


def rules(schema: pa.DataFrameSchema) -> tuple[Fault, ...]:
    """Return every rule of the schema as a predicate that is true of a row at fault."""
    return tuple(_rules(schema))


def missing_reasons(schema: pa.DataFrameSchema) -> dict[str, str]:
    """Return by column the reason of a cell that is empty and must not be."""
    return {
        name: str(column.checks[0].error)
        for name, column in schema.columns.items()
        if column.required and not column.nullable
    }


def _rules(schema: pa.DataFrameSchema) -> Iterator[Fault]:
    for name, reason in missing_reasons(schema).items():
        yield Fault(name, reason, f"{name} is null")
    for name, column in schema.columns.items():
        for check in (cast("_Named", check) for check in column.checks):
            kept = _PREDICATES[check.name](name, check.statistics)
            yield Fault(name, check.error, f"not ({kept})")
    for check in (cast("_Named", check) for check in schema.checks):
        wrong = f"label is not null and not ({_PREDICATES[check.name]('label', check.statistics)})"
        yield Fault("label", check.error, wrong)


def set_domains(schema: pa.DataFrameSchema) -> Mapping[str, str]:
    """Return by question of sets the JSON list of its declared labels."""
    for check in (cast("_Named", check) for check in schema.checks):
        if check.name == "members_in_domain":
            return cast("Mapping[str, str]", check.statistics["domains"])
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


_PREDICATES: dict[str, Callable[[str, Mapping[str, object]], str]] = {
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
