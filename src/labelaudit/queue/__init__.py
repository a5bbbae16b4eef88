"""What to look at, and what to label again: the review queue and the relabeling plan.

A queue holds the units most likely to be wrong, capped by annotator and batch, and a part
drawn uniformly, without which nobody could tell how many errors there are.
"""

from __future__ import annotations

from labelaudit.queue.items import Item, Ranking
from labelaudit.queue.relabel import RelabelPlan

__all__ = ["Item", "Ranking", "RelabelPlan"]
