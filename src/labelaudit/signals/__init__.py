"""Signs that a delivery is not what it seems: arrays in, an effect and its p-value out.

None of these accuses anybody. Each says how far something lies from what honest work shows,
and where too little is known to tell, what is needed instead of "nothing found".
"""

from __future__ import annotations

from labelaudit.signals.anchoring import Anchoring, anchoring
from labelaudit.signals.back_filled import (
    NearEqualTimes,
    PerfectPairs,
    agreement_above_others,
    near_equal_times,
    perfect_pairs,
)
from labelaudit.signals.conflicts import LabelConflicts, groups, label_conflicts
from labelaudit.signals.dropped import DroppedItems, dropped_items
from labelaudit.signals.guideline import PairJump, PairJumps, Spread, jump_by_annotator, pair_jumps
from labelaudit.signals.leaked_gold import GoldOverlap, gold_overlap, gold_position
from labelaudit.signals.near_duplicates import NearDuplicates, near_duplicates
from labelaudit.signals.padding import Padding, padding, tiny_answers
from labelaudit.signals.redundancy import SelectiveRedundancy, selective_redundancy
from labelaudit.signals.reviewers import Reviewer, reviewers
from labelaudit.signals.shingles import same_contents

__all__ = [
    "Anchoring",
    "DroppedItems",
    "GoldOverlap",
    "LabelConflicts",
    "NearDuplicates",
    "NearEqualTimes",
    "Padding",
    "PairJump",
    "PairJumps",
    "PerfectPairs",
    "Reviewer",
    "SelectiveRedundancy",
    "Spread",
    "agreement_above_others",
    "anchoring",
    "dropped_items",
    "gold_overlap",
    "gold_position",
    "groups",
    "jump_by_annotator",
    "label_conflicts",
    "near_duplicates",
    "near_equal_times",
    "padding",
    "pair_jumps",
    "perfect_pairs",
    "reviewers",
    "same_contents",
    "selective_redundancy",
    "tiny_answers",
]
