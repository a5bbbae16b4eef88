"""Strict reading of a configuration table: every key known, every value of its kind."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


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
                near = difflib.get_close_matches(key, keys, n=1)
                did = f"did you mean {near[0]!r}? " if near else ""
                raise self.error(f"unknown key {key!r}", f"{did}known: {', '.join(sorted(keys))}")
        return self

    def table(self, key: str) -> Table:
        """Return a table inside this one, empty where it is absent."""
        inner = self.values.get(key, {})
        if not isinstance(inner, dict):
            raise self.error(f"{key!r} is not a table", f"write it as [{self._path(key)}]")
        return Table(self.file, self._path(key), cast("dict[str, object]", inner))

    def tables(self, key: str) -> dict[str, Table]:
        """Return the tables inside a table inside this one, by name."""
        outer = self.table(key)
        return {name: outer.table(name) for name in outer.values}

    def text(self, key: str) -> str | None:
        """Return a text, None where it is absent."""
        value = self.values.get(key)
        if value is not None and (not isinstance(value, str) or not value):
            raise self.error(f"{key} = {value!r} is not a text", 'write it in quotes: "..."')
        return cast("str | None", value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.error(f"{key} = {value!r} is not a list of texts", 'write ["a", "b"]')
        return tuple(cast("list[str]", value))

    def choice(self, key: str, choices: Collection[str]) -> str | None:
        """Return one of some texts, None where it is absent."""
        value = self.text(key)
        if value is not None and value not in choices:
            raise self.error(f"{key} = {value!r}", f"expected one of: {', '.join(choices)}")
        return value

    def fraction(self, key: str) -> float | None:
        """Return a number from 0 to 1, None where it is absent."""
        value = self.number(key)
        if value is not None and not 0 <= value <= 1:
            raise self.error(
                f"{key} = {value:g} is not a fraction from 0 to 1",
                f"for {value:g} percent write {value / 100:g}",
            )
        return value

    def number(self, key: str) -> float | None:
        """Return a finite number, None where it is absent."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise self.error(f"{key} = {value!r} is not a number", "write it without quotes")
        return float(value)

    def error(self, problem: str, next_step: str) -> UsageError:
        """Return the error that names this file and table."""
        place = f"{self.file} [{self.name}]" if self.name else self.file
        return UsageError(place, problem, next_step=next_step)

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key
