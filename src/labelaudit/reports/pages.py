"""The pages of checks, read from their source: reports can show them without loading a check."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from inspect import cleandoc


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a check says: in a line, why it matters, what to do, and the whole."""

    title: str
    why: str = ""
    todo: str = ""
    whole: str = ""


@cache
def page(check: str) -> Page:
    """Return the page of a check; its name alone, where it is none of ours.

    Examples
    --------
    >>> page("low-agreement").title
    'Agreement in a batch is under the floor'
    >>> page("mine").title
    'mine'

    """
    name = check.replace("-", "_")
    if not name.isidentifier():
        return Page(check)
    source = files("labelaudit") / "checks" / f"{name}.py"
    try:
        text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8")))
    except (OSError, SyntaxError):
        text = None
    return Page(check) if not text else _page(cleandoc(text))


def _page(text: str) -> Page:
    title, *_ = text.splitlines()
    return Page(title.rstrip("."), _part(text, "Why it matters"), _part(text, "What to do"), text)


def _part(text: str, head: str) -> str:
    """Return the words under a head, up to the next one, as one line."""
    _, _, rest = text.partition(f"\n{head}\n{'-' * len(head)}\n")
    lines = rest.splitlines()
    ends = [at - 1 for at, line in enumerate(lines) if line and not line.strip("-")]
    words = " ".join(lines[: ends[0]] if ends else lines).replace("`", "")
    return " ".join(words.split())
