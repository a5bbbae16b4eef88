"""Hints: the signals that say what somebody does, under one control of their own.

They add little to who is unlike the rest, and much to why. No one of them names anybody by
itself: `Conduct.habits` combines them like the suite, so that a dozen looks raise no more
false alarms than one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from labelaudit import behaviour
from labelaudit.behaviour.signal import untestable

if TYPE_CHECKING:
    from labelaudit.behaviour import Signal
    from labelaudit.coefficients import IntArray
    from labelaudit.conduct.conduct import Conduct

ONE_UNIT = "durations that are all in seconds"


def hints(conduct: Conduct) -> dict[str, tuple[Signal, ...]]:
    """Return the explaining signals by family: answering, gold, hours, bias.

    A family is empty where the question has nothing for it: times are those of the first
    question, answers do not compare on every scale, and on subjective questions only what
    people do is looked at, not whom they agree with.
    """
    return {
        "answering": _answering(conduct) if conduct.fault is None else (),
        "gold": _gold(conduct) if conduct.fault is None else (),
        "hours": _hours(conduct) if conduct.carries_times else (),
        "bias": (conduct.bias.signal,) if conduct.compares_people else (),
    }


def _answering(conduct: Conduct) -> tuple[Signal, ...]:
    work, seen, floors = conduct.scored, conduct.scored_seen, conduct.floors
    return (
        behaviour.constant_answering(work, floor=floors.entropy, seen=seen),
        behaviour.pattern_answering(work, floor=floors.gain),
        behaviour.long_run(work, seen=seen),
    )


def _gold(conduct: Conduct) -> tuple[Signal, ...]:
    floors, question = conduct.floors, conduct.question.question_id
    signals = []
    if question in floors.accuracy:
        right, count = on_gold(conduct)
        standard = min(floors.accuracy[question], right / max(count, 1))
        gold, poor = conduct.records.gold, max(standard - floors.shortfall, standard / 2)
        signals.append(behaviour.gold_accuracy(conduct.work, gold, standard=standard, poor=poor))
    if conduct.compares_people:
        gold = _by_scored_unit(conduct)
        signals.append(behaviour.gold_gap(conduct.scored, gold, floor=floors.gold_gap))
    return tuple(signals)


def on_gold(conduct: Conduct) -> tuple[int, int]:
    """Return how many answers on gold are right, and how many there are.

    Where everybody together is under what is asked for, the gold or the guideline is in doubt;
    people are then held against that share.
    """
    gold = conduct.records.gold[conduct.records.item]
    asked = gold != behaviour.NO_GOLD
    return int((asked & (gold == conduct.records.label)).sum()), int(asked.sum())


def _by_scored_unit(conduct: Conduct) -> IntArray:
    """Return the gold of the units of `scored`, which are split where groups are declared."""
    if conduct.groups is None:
        return conduct.records.gold
    group, _ = conduct.groups
    known = np.where(group < 0, group.max(initial=-1) + 1, group)
    return np.repeat(conduct.records.gold, int(known.max(initial=0)) + 1)


def _hours(conduct: Conduct) -> tuple[Signal, ...]:
    work, floors = conduct.work, conduct.floors
    pace = behaviour.throughput(work, window=floors.window_s, seconds_each=floors.answer_s)
    overlapping = behaviour.overlapping_work(work, floor=floors.overlap)
    if conduct.mixed_units:
        return (
            pace,
            untestable("hours-a-day", work.n_annotators, "mixed-units", ONE_UNIT),
            overlapping,
        )
    return pace, behaviour.hours_a_day(work, most=floors.day_s / 3600), overlapping
