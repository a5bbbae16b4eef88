"""Rules of a label that depend on its question, as registered pandera checks.

A registered check keeps its parameters as statistics, so `rules` can write the same rule
as SQL; a lambda could not be read back.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
from pandera import extensions

from labelaudit.engine.reading_labels import is_list, is_number, members_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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
    return _hold(frame, questions, lambda label: is_number(label, lowest))


@extensions.register_check_method(statistics=["questions"])
def label_is_list(frame: pd.DataFrame, *, questions: tuple[str, ...]) -> pd.Series:
    """Hold each label of these questions against "a JSON list"."""
    return _hold(frame, questions, is_list)


@extensions.register_check_method(statistics=["domains"])
def members_in_domain(frame: pd.DataFrame, *, domains: Mapping[str, str]) -> pd.Series:
    """Hold each member of a set against the declared labels (a JSON list) of its question."""
    good = pd.Series(data=True, index=frame.index)
    for question, allowed in domains.items():
        good &= _hold(frame, (question,), partial(_is_within, allowed))
    return good


def _is_within(allowed: str, label: str) -> bool:
    return not members_outside(label, allowed)


def _hold(
    frame: pd.DataFrame, questions: tuple[str, ...], is_good: Callable[[str], bool]
) -> pd.Series:
    """Hold each label of these questions against a rule, each distinct label once."""
    asked = frame["question_id"].isin(questions)
    distinct = frame.loc[asked, "label"].dropna().unique()
    bad = [label for label in distinct if not is_good(label)]
    return ~(asked & frame["label"].isin(bad))
