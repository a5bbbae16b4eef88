"""One label for each item, and some items with a trusted label: nothing to agree on.

For
---
Deliveries in which nobody answers an item twice, so that agreement is undefined, and quality
is known by gold alone.

The numbers
-----------
Gold: floor 0.90, target 0.95. Answers of one person err together, so people count as well as
answers: with errors alike by rho 0.03 it takes 1,302 answers of 12 people, 420 of 24, 314 of
48. There is no floor on agreement, and `low-gold-accuracy` is required: a batch without a gold
answer goes to a person.

Change first
------------
Nothing; but let nobody know which items are gold (`labelaudit explain gold-leakage`), and ask
more people rather than for more answers of the same ones.
"""

from __future__ import annotations

from labelaudit.starting.start import Start

NAME = "gold-only"
START = Start(agreement=None, gold=(0.90, 0.95), gold_is_needed=True)
