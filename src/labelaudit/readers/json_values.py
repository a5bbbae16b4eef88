"""One line of JSON as a row of text: numbers as they are written, nothing repaired."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 100
TOO_DEEP = f"nested deeper than {DEPTH} levels"
BLANK = " \t\r\n"
TEXT_OR_NULL = frozenset({str, type(None)})
BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')

Row = dict[str, str | None]


class BadLineError(ValueError):
    """What is wrong with a line, in words."""


class Number(str):
    """A number as it is written, told from a string that looks like one."""

    __slots__ = ()


def parse(line: str) -> Row:
    """Return the cells of one line that holds one JSON object.

    Numbers keep their source text; lists and objects become compact JSON with sorted
    keys; null is an empty cell, as an absent key is.

    >>> parse('{"item": 9007199254740993, "score": 3.50, "tags": ["b", 1.0], "note": null}')
    {'item': '9007199254740993', 'score': '3.50', 'tags': '["b",1.0]', 'note': None}
    >>> parse('{"item": 1, "item": 2}')
    Traceback (most recent call last):
    labelaudit.readers.json_values.BadLineError: the key 'item' stands twice
    """
    row = _decode(FAST, line)
    if not isinstance(row, dict):
        raise BadLineError(f"expected an object, found {_kind(row)}")
    flat = TEXT_OR_NULL.issuperset(map(type, row.values()))
    if not flat:
        _check_depth(line)
    if "\\u" in line:
        _check_text(row)
    if flat:
        return row
    exact = _decode(EXACT, line)
    assert isinstance(exact, dict), "the same line is the same object"
    return {key: cell(value) for key, value in exact.items()}


def cell(value: object) -> str | None:
    """Return a value as the text of a cell.

    >>> cell(True), cell("as it is"), cell({"b": [1, 2.5, None], "a": "é"})
    ('true', 'as it is', '{"a":"é","b":[1,2.5,null]}')
    """
    return str(value) if isinstance(value, str) else None if value is None else canonical(value)


def canonical(value: object) -> str:
    """Return compact JSON with sorted keys: equal values make equal text."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Number | int | float):
        return str(value)
    if isinstance(value, dict):
        pairs = sorted((str(key), canonical(item)) for key, item in value.items())
        return "{" + ",".join(f"{_quoted(key)}:{item}" for key, item in pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(canonical, value)) + "]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _decode(decoder: json.JSONDecoder, line: str) -> object:
    start = len(line) - len(line.lstrip(BLANK))
    try:
        value, end = decoder.raw_decode(line, start)
    except json.JSONDecodeError as error:
        problem = f"{error.msg[0].lower()}{error.msg[1:]} (character {error.pos + 1})"
        raise BadLineError(problem) from None
    except RecursionError:
        raise BadLineError(TOO_DEEP) from None
    if rest := line[end:].strip(BLANK):
        raise BadLineError(f"more than one value (character {line.index(rest, end) + 1})")
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    keys = [key for key, _ in pairs]
    twice = next(key for key in keys if keys.count(key) > 1)
    raise BadLineError(f"the key {twice!r} stands twice")


def _no_constant(word: str) -> NoReturn:
    raise BadLineError(f"{word} is not JSON")


FAST = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=str, parse_int=str, parse_constant=_no_constant
)
EXACT = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=Number, parse_int=Number, parse_constant=_no_constant
)


def _check_depth(line: str) -> None:
    if line.count("[") + line.count("{") <= DEPTH:
        return
    depth = 0
    for found in BRACKET.finditer(line):
        depth += found[0] in "[{"
        depth -= found[0] in "]}"
        if depth > DEPTH:
            raise BadLineError(TOO_DEEP)


def _check_text(value: object) -> None:
    for text in _texts(value):
        if "\x00" in text:
            raise BadLineError("a NUL character, which text cannot hold")
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise BadLineError("half of a surrogate pair, which text cannot hold")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _kind(value: object) -> str:
    kinds = {"list": "a list", "bool": "true or false", "NoneType": "null"}
    return kinds.get(type(value).__name__, "a bare value")
