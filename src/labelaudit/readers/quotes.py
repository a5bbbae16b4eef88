"""Where a quoted field that was never closed, or not closed well, was opened."""

from __future__ import annotations

import re

QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')


def stray_quote(record: str, delimiter: str) -> int | None:
    """Return where the first quoted field begins that does not end where its quote ends.

    >>> stray_quote('1,"a, b","never closed', ",")
    9
    >>> stray_quote('1,"closed"too early', ",")
    2
    >>> stray_quote('1,"well ""closed"" here"', ",") is None
    True
    """
    rest_of_field = re.compile(rf"[^{re.escape(delimiter)}\r\n]*[{re.escape(delimiter)}\r\n]?")
    place = 0
    while place < len(record):
        opened, is_quoted = place, record[place] == '"'
        if is_quoted:
            quoted = QUOTED.match(record, place)
            if quoted is None:
                return opened
            place = quoted.end()
        rest = rest_of_field.match(record, place)
        assert rest is not None, "the pattern matches the empty text"
        if is_quoted and rest[0].rstrip(f"{delimiter}\r\n"):
            return opened
        place = rest.end()
    return None


def breaks(text: str) -> int:
    r"""Return how many line ends the text holds, as an editor counts them.

    >>> breaks("a\r\nb\rc\n")
    3
    """
    return text.count("\n") + text.count("\r") - text.count("\r\n")
