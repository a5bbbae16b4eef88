"""Vendor text on its way to a reader: nothing in it may act, hide or run over."""

from __future__ import annotations

import unicodedata

MAX_CHARACTERS = 120


def visible(text: str, limit: int = MAX_CHARACTERS) -> str:
    r"""Return text on one line with control and invisible characters written out.

    Examples
    --------
    >>> visible("a\x1b[31mb\n\u202ec")
    'a\\x1b[31mb\\n\\u202ec'

    """
    shown = "".join(_written(character) for character in text)
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


def _written(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}:
        return character.encode("unicode_escape").decode("ascii")
    return character


def markdown(text: str) -> str:
    """Return text that markdown shows as it stands, in a table cell too.

    Examples
    --------
    >>> markdown("![x](u)|<b>")
    '!\\\\[x\\\\](u)\\\\|&lt;b&gt;'

    """
    safe = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in "\\`*_{}[]|#~":
        safe = safe.replace(mark, f"\\{mark}")
    return safe.replace("http:", "http&#58;").replace("https:", "https&#58;")
