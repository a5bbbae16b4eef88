"""Vendor text in markup: shown as it stands, never read as markup."""

from __future__ import annotations

from labelaudit.safe import visible

__all__ = ["markdown", "visible"]

_MARKS = "\\`*_{}[]|#~"
# what turns into a link or a mention by itself; an empty comment parts it, unseen
_PARTED = {"://": ":<!-- -->//", "@": "@<!-- -->", "www.": "www.<!-- -->"}


def markdown(text: str, limit: int = 400) -> str:
    r"""Return text that markdown shows as it stands, in a table cell too.

    Examples
    --------
    >>> markdown("![x](u)|<b>")
    '!\\[x\\](u)\\|&lt;b&gt;'

    """
    safe = visible(text, limit).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in _MARKS:
        safe = safe.replace(mark, f"\\{mark}")
    for mark, parted in _PARTED.items():
        safe = safe.replace(mark, parted)
    return safe
