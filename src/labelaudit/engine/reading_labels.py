"""Whether a label's text can be read on its question's scale."""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from labelaudit.model import NUMERIC_SCALES

if TYPE_CHECKING:
    from labelaudit.model import Question

NUMBER = r"[ \t]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[ \t]*"
"""A decimal number in ASCII digits, in the part of regular expressions that the engine shares."""

LIST_SCALES = ("set", "ranking", "spans", "boxes")


def lowest_of(scale: str) -> float | None:
    """Return the lowest number that a label may be on a numeric scale."""
    return 0.0 if scale == "ratio" else None


def is_number(label: str, lowest: float | None = None) -> bool:
    """Say whether a label is a finite decimal number, not below `lowest`.

    Examples
    --------
    >>> is_number("3.5"), is_number("1_000"), is_number("-1", lowest=0.0)
    (True, False, False)

    """
    if re.fullmatch(NUMBER, label) is None:
        return False
    number = float(label)
    return math.isfinite(number) and (lowest is None or number >= lowest)


def is_list(label: str) -> bool:
    """Say whether a label is a JSON list.

    Examples
    --------
    >>> is_list('["spam", "violence"]'), is_list("spam")
    (True, False)

    """
    try:
        return isinstance(json.loads(label, parse_constant=_refuse), list)
    except (ValueError, RecursionError):
        return False


def members_outside(label: str, allowed: str) -> str:
    """Name the members of a set that are none of those allowed (a JSON list), as JSON texts.

    What is no list has no members; the rule about lists is for it.

    Examples
    --------
    >>> members_outside('["spam", "hate", 3]', '["spam", "violence"]')
    '"hate", "3"'
    >>> members_outside("spam", '["violence"]')
    ''

    """
    if not is_list(label):
        return ""
    outside = dict.fromkeys(map(member_text, json.loads(label)))
    known = _known(allowed)
    named = ", ".join(
        json.dumps(member, ensure_ascii=False) for member in outside if member not in known
    )
    return named.encode("utf-8", "backslashreplace").decode()


def member_text(member: object) -> str:
    """Return how a member of a set is compared: a text as it is, all else as JSON."""
    return member if isinstance(member, str) else json.dumps(member, sort_keys=True)


@lru_cache(maxsize=64)
def _known(allowed: str) -> frozenset[str]:
    return frozenset(map(member_text, json.loads(allowed)))


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def is_readable(question: Question, label: str) -> bool:
    """Say whether a text could be a label of a question, the domain of single labels apart."""
    if question.scale in NUMERIC_SCALES:
        return is_number(label, lowest_of(question.scale))
    if question.scale == "set" and question.labels:
        return is_list(label) and not members_outside(label, json.dumps(question.labels))
    return question.scale not in LIST_SCALES or is_list(label)
