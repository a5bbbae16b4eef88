"""Quoting: the only way a name or value of a delivery gets into a query."""

from __future__ import annotations


def ident(name: str) -> str:
    """Quote a column or table name.

    >>> ident('my "column"')
    '"my ""column""'

    """
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


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
