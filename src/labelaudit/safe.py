"""Vendor text on its way to a reader: nothing in it may act, hide or run over."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 120
_COMMANDS = re.compile(r"^(\s*):(?=:)|#(?=#\w*\[)", re.MULTILINE)
_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def visible(text: str, limit: int = MAX_CHARACTERS) -> str:
    r"""Return text on one line with control and invisible characters written out.

    Examples
    --------
    >>> visible("a\x1b[31mb\n\u202ec")
    'a\\x1b[31mb\\n\\u202ec'

    """
    if len(text) <= limit and text.isprintable():
        return text
    # each character writes at least one, so the rest could not be shown anyway
    shown = "".join(_written(character) for character in text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


# a spreadsheet runs a cell that starts like one of these; the last four are their wide forms
_FORMULA = re.compile("'|\\s*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe stands before it.

    A cell that starts with an apostrophe gets another one, so that taking one away from every
    cell that has one gives back what was there.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'tis"), guarded("cat")
    ("'=1+1", "''tis", 'cat')

    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell that `guarded` was given; one that it cannot have written stays as it is.

    Examples
    --------
    >>> [unguarded(guarded(cell)) for cell in ("=1+1", "'tis", "cat", "")]
    ['=1+1', "'tis", 'cat', '']
    >>> unguarded("'tis")
    "'tis"

    """
    given = cell.removeprefix("'")
    return given if guarded(given) == cell else cell


def _written(character: str) -> str:
    if unicodedata.category(character) in _UNSEEN:
        return character.encode("unicode_escape").decode("ascii")
    return character


def inert(text: str) -> str:
    r"""Return lines in which a CI runner finds no command of its own.

    Runners read the log: GitHub takes `::error::` at the start of a line and `##[error]`,
    others `##vso[` and `##teamcity[`, for orders. A backslash stands in the place of the
    first mark, so that lines stay as long as they are.

    Examples
    --------
    >>> inert("  ::error::x, a::b")
    '  \\:error::x, a::b'
    >>> inert("##[error]x and ##vso[task]")
    '\\#[error]x and \\#vso[task]'

    """
    return _COMMANDS.sub(lambda found: f"{found[1] or ''}\\", text)
