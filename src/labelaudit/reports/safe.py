"""Vendor text in markup: shown as it stands, never read as markup."""

from __future__ import annotations

from labelaudit.safe import visible

__all__ = ["markdown", "visible"]


def markdown(text: str, limit: int = 400) -> str:
    r"""Return text that markdown shows as it stands, in a table cell too.

    Examples
    --------
    >>> markdown("![x](u)|<b>")
    '!\\[x\\](u)\\|&lt;b&gt;'

    """
    safe = visible(text, limit).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in "\\`*_{}[]|#~":
        safe = safe.replace(mark, f"\\{mark}")
    # words that readers turn into a link or a mention without being asked
    for mark in (":", "@", "www."):
        safe = safe.replace(f"{mark}//", f"{mark}&#47;/") if mark == ":" else safe
    return safe.replace("@", "&#64;").replace("www.", "www&#46;")
