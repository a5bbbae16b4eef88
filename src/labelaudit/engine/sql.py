"""Quoting: the only way a name or value of a delivery gets into a query."""

from __future__ import annotations

_CELL = "c_"


def ident(name: str) -> str:
    """Quote the name of a table or column.

    >>> ident('a"b')
    '"a""b"'

    """
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def cell(name: str) -> str:
    """Return what a delivery's column is called in the engine, which knows no upper case.

    The name is written as hexadecimal digits, so that `Label` stays apart from `label`, and
    no column of a delivery is taken for one of ours.

    >>> cell("Label"), cell("label")
    ('c_4c6162656c', 'c_6c6162656c')

    """
    return _CELL + name.encode().hex()


def is_cell(name: str) -> bool:
    """Say whether a column of the engine is one of the delivery's."""
    return name.startswith(_CELL)


def name_of(cell_name: str) -> str:
    """Return the delivery's column behind a name that `cell` gave.

    >>> name_of(cell("a b"))
    'a b'

    """
    return bytes.fromhex(cell_name.removeprefix(_CELL)).decode()


def names_of(expression: str) -> str:
    """Return the query expression that does what `name_of` does."""
    return f"decode(from_hex(substr({expression}, {len(_CELL) + 1})))"


def text(value: str) -> str:
    """Quote a text value.

    >>> text("it's")
    "'it''s'"

    """
    doubled = value.replace("'", "''")
    return f"'{doubled}'"


def texts(values: tuple[str, ...]) -> str:
    """Quote a list of text values, to stand behind `in`."""
    return f"({', '.join(text(value) for value in values)})"
