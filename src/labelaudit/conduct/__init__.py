"""Conduct: how the people of a question work, computed when a check first asks for it.

`Conduct` is the evidence of one question; `Floors` say which effects count; `hints` are the
signals that explain what somebody does, under a control of their own.
"""

from __future__ import annotations

from labelaudit.conduct.conduct import Conduct, conducts
from labelaudit.conduct.floors import COMPARABLE, Floors
from labelaudit.conduct.hints import on_gold
from labelaudit.conduct.told import Told

__all__ = ["COMPARABLE", "Conduct", "Floors", "Told", "conducts", "on_gold"]
