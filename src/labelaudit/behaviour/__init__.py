"""Signals of how people work: numbers in, numbers out, and no word that accuses anybody.

Every signal is a module: arrays in, a `Signal` over all annotators out (score, effect,
p-value, or what it would need). `suite` controls how many are flagged; `same_answers` looks
at pairs, `flag_parity` at the flags themselves.
"""

from __future__ import annotations

from labelaudit.behaviour.agreement import correlated_agreement
from labelaudit.behaviour.competence import competence
from labelaudit.behaviour.constant import constant_answering
from labelaudit.behaviour.decay import Decay, decay
from labelaudit.behaviour.gold import NO_GOLD, gold_accuracy, gold_needed
from labelaudit.behaviour.gold_gap import gold_gap
from labelaudit.behaviour.grouping import within_groups
from labelaudit.behaviour.label_bias import LabelBias, label_bias
from labelaudit.behaviour.leaning import Leaning, leaning
from labelaudit.behaviour.learning import learning_curve
from labelaudit.behaviour.long_run import long_run
from labelaudit.behaviour.others import Others, others
from labelaudit.behaviour.overlapping import overlapping_work
from labelaudit.behaviour.pairs import Pair, Pairs, same_answers, shared_errors
from labelaudit.behaviour.parity import GroupRate, flag_parity
from labelaudit.behaviour.pattern import pattern_answering
from labelaudit.behaviour.profiles import Profiles, profiles
from labelaudit.behaviour.sessions import Complement, complementary_sessions
from labelaudit.behaviour.signal import Reading, Signal
from labelaudit.behaviour.speed import response_time
from labelaudit.behaviour.suite import Suite, combined, suite
from labelaudit.behaviour.throughput import hours_a_day, throughput
from labelaudit.behaviour.work import Work, work

__all__ = [
    "NO_GOLD",
    "Complement",
    "Decay",
    "GroupRate",
    "LabelBias",
    "Leaning",
    "Others",
    "Pair",
    "Pairs",
    "Profiles",
    "Reading",
    "Signal",
    "Suite",
    "Work",
    "combined",
    "competence",
    "complementary_sessions",
    "constant_answering",
    "correlated_agreement",
    "decay",
    "flag_parity",
    "gold_accuracy",
    "gold_gap",
    "gold_needed",
    "hours_a_day",
    "label_bias",
    "leaning",
    "learning_curve",
    "long_run",
    "others",
    "overlapping_work",
    "pattern_answering",
    "profiles",
    "response_time",
    "same_answers",
    "shared_errors",
    "suite",
    "throughput",
    "within_groups",
    "work",
]
