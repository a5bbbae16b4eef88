"""Labels whose errors hurt: medical findings, moderation of harm to children, road signs.

For
---
Questions where accepting a bad batch costs far more than sending a good one back.

The numbers
-----------
Agreement: floor 0.80, target 0.90. Gold: floor 0.95, target 0.99, and gold is required. The
consumer's risk is 0.01 in place of 0.05: of batches exactly at the floor one in a hundred
passes. An undecided floor rejects: no batch is used on the ground that it might be good. That
has its price: 360 items with two labels each on a mix of 40/30/20/10, 1,479 at 90/10, and 515
answers on gold of 24 people whose errors are alike by rho 0.03. One row in a thousand may
be rejected. What else speaks of careless or made-up work goes to a person.

Change first
------------
Give the classes that hurt a weight under `[queue.weights]`, so that they are reviewed first, and
a question of their own, if they are rare: agreement over all classes does not show them.
"""

from __future__ import annotations

from labelaudit.starting.start import Start

NAME = "safety-critical"
START = Start(
    agreement=(0.80, 0.90),
    gold=(0.95, 0.99),
    on_inconclusive="reject",
    max_rejected_fraction=0.001,
    consumer_risk=0.01,
    gold_is_needed=True,
    checks=(
        ("annotators-copying", 'severity = "high"'),
        ("constant-answering", 'severity = "high"'),
        ("gold-leakage", 'severity = "high"'),
    ),
)
