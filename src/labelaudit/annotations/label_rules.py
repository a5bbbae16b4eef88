"""Rules of a label that depend on its question, as registered pandera checks.

A registered check keeps its parameters as statistics, so `rules` can write the same rule
as SQL; a lambda could not be read back.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

import pandas as pd
from pandera import extensions

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER = r"[ \t]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[ \t]*"
"""A decimal number in ASCII digits, in the part of regular expressions that the engine shares."""


@extensions.register_check_method(statistics=["domains"])
def label_in_domain(frame: pd.DataFrame, *, domains: Mapping[str, tuple[str, ...]]) -> pd.Series:
    """Hold each label against the declared labels of its question."""
    good = pd.Series(data=True, index=frame.index)
    for question, labels in domains.items():
        asked = frame["question_id"] == question
        good &= ~asked | frame["label"].isna() | frame["label"].isin(labels)
    return good


@extensions.register_check_method(statistics=["questions", "lowest"])
def label_is_number(
    frame: pd.DataFrame, *, questions: tuple[str, ...], lowest: float | None
) -> pd.Series:
    """Hold each label of these questions against "a finite number, not below `lowest`"."""
    asked = frame["question_id"].isin(questions) & frame["label"].notna()
    return ~asked | frame["label"].map(lambda label: _is_number(label, lowest))


@extensions.register_check_method(statistics=["questions"])
def label_is_list(frame: pd.DataFrame, *, questions: tuple[str, ...]) -> pd.Series:
    """Hold each label of these questions against "a JSON list"."""
    asked = frame["question_id"].isin(questions) & frame["label"].notna()
    return ~asked | frame["label"].map(is_list)


def _is_number(label: object, lowest: float | None) -> bool:
    text = str(label)
    if re.fullmatch(NUMBER, text) is None:
        return False
    number = float(text)
    return math.isfinite(number) and (lowest is None or number >= lowest)


def is_list(label: object) -> bool:
    """Say whether a label is a JSON list.

    Examples
    --------
    >>> is_list('["spam", "violence"]'), is_list("spam")
    (True, False)

    """
    try:
        return isinstance(json.loads(str(label), parse_constant=_refuse), list)
    except (ValueError, RecursionError):
        return False


def _refuse(constant: str) -> object:
    raise ValueError(constant)
