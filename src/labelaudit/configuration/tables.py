"""Strict reading of a configuration table: every key known, every value of its kind."""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from labelaudit.configuration.keys import Key, Keys, Kind


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a configuration file, read key by key; errors name file and table."""

    file: str
    name: str
    values: Mapping[str, object]

    def known(self, keys: Collection[str]) -> Table:
        """Return the table itself if it has no other keys.

        Raises
        ------
        UsageError
            With the unknown key and the nearest known one.

        """
        for key in self.values:
            if key not in keys:
                raise self.error(f"unknown key {key!r}", nearest(key, keys))
        return self

    def table(self, key: str) -> Table:
        """Return a table inside this one, empty where it is absent."""
        inner = self.values.get(key, {})
        if not isinstance(inner, dict):
            raise self.error(f"{key!r} is not a table", f"write it as [{self._path(key)}]")
        return Table(self.file, self._path(key), inner)

    def tables(self, key: str) -> dict[str, Table]:
        """Return the tables inside a table inside this one, by name."""
        outer = self.table(key)
        return {name: outer.table(name) for name in outer.values}

    def read(self, keys: Keys, *, beside: Collection[str] = ()) -> dict[str, object]:
        """Return the values that are there; `beside` are tables that others read.

        Raises
        ------
        UsageError
            For an unknown key, or a value of the wrong kind.

        """
        self.known([*keys, *beside])
        return {name: self._value(name, key) for name, key in keys.items() if name in self.values}

    def error(self, problem: str, next_step: str) -> UsageError:
        """Return the error that names this file and table."""
        place = f"{self.file} [{self.name}]" if self.name else self.file
        return UsageError(place, problem, next_step=next_step)

    def _value(self, name: str, key: Key) -> object:
        value = self.values[name]
        problem, advice = _WRONG[key.kind](value)
        if problem:
            raise self.error(f"{name} = {_written(value)} {problem}", advice)
        if key.choices and value not in key.choices:
            raise self.error(f"{name} = {_written(value)}", nearest(str(value), key.choices))
        return tuple(cast("list[str]", value)) if key.kind == "texts" else value

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key


def nearest(given: str, known: Collection[str]) -> str:
    """Say which known names there are, the one most like a wrong one first."""
    near = difflib.get_close_matches(given, known, n=1)
    did = f"did you mean {near[0]!r}? " if near else ""
    return f"{did}known: {', '.join(sorted(known))}"


_Fault = tuple[str, str]
_FINE: _Fault = ("", "")


def _text(value: object) -> _Fault:
    good = isinstance(value, str) and value
    return _FINE if good else ("is not a text", 'write it in quotes: "..."')


def _texts(value: object) -> _Fault:
    good = isinstance(value, list) and all(isinstance(text, str) for text in value)
    return _FINE if good else ("is not a list of texts", 'write ["a", "b"], each in quotes')


def _number(value: object) -> _Fault:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return _FINE if good else ("is not a number", "write digits, without quotes")


def _fraction(value: object) -> _Fault:
    if (fault := _number(value)) != _FINE:
        return fault
    number = cast("float", value)
    advice = f"for {number:g} percent write {number / 100:g}" if 1 < number <= 100 else "0 to 1"
    return _FINE if 0 <= number <= 1 else ("is not a fraction from 0 to 1", advice)


def _count(value: object) -> _Fault:
    good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return _FINE if good else ("is not a count", "write a whole number, 0 or more")


def _flag(value: object) -> _Fault:
    return _FINE if isinstance(value, bool) else ("is not true or false", "write it unquoted")


_WRONG: dict[Kind, Callable[[object], _Fault]] = {
    "text": _text,
    "texts": _texts,
    "number": _number,
    "fraction": _fraction,
    "count": _count,
    "flag": _flag,
}


def _written(value: object) -> str:
    """Write a value as TOML would."""
    return (
        str(value).lower()
        if isinstance(value, bool)
        else f'"{value}"'
        if isinstance(value, str)
        else str(value)
    )
