"""Vendor text on its way into a page: it can do nothing but be read."""

from __future__ import annotations

import html
import re

from labelaudit.safe import visible

LONGEST = 20_000
_JOINER = "\u2060"
"""Parts what would become a link by itself; it takes no room and breaks no line."""
_LINKS = re.compile(r"(?i)(?<=http)(?=s?://)|(?<=www)(?=\.)|(?=@)")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&@])")


def escaped(text: str, limit: int = LONGEST) -> str:
    r"""Return text for `st.html`: markup shown as written, unseen characters written out.

    Examples
    --------
    >>> print(escaped("<b>\u202e"))
    &lt;b&gt;\u202e

    """
    lines = text[: limit + 1].split("\n")
    return html.escape("\n".join(visible(line, limit) for line in lines))


def plain(text: str, limit: int = 200) -> str:
    r"""Return text on one line for widgets and markdown, which would read it as markup.

    Examples
    --------
    >>> print(plain("![x](a/b)"))
    \!\[x\]\(a\/b\)

    """
    parted = _LINKS.sub(_JOINER, visible(text, limit))
    return _MARKDOWN.sub(r"\\\1", parted).replace("/", r"\/")


def letter(markdown: str) -> str:
    r"""Return markdown of a report without what only these pages read: formulas, icons, colours.

    Examples
    --------
    >>> print(letter("$x$ :red"))
    \$x\$ \:red

    """
    shown = markdown.replace("<!-- -->", _JOINER)
    shown = shown.replace(":material", f":{_JOINER}material")  # an icon in spite of escapes
    return re.sub(r"([$:/])", r"\\\1", shown)
