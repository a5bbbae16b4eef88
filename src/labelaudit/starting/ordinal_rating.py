"""Ratings on ordered steps: quality from 1 to 5, poor to excellent.

For
---
Questions whose labels have an order, where neighbours are near misses. Use the scale
"ordinal": then a miss by one step counts less than a miss by four.

The numbers
-----------
Agreement: floor 0.60, target 0.75, under those of classification, because steps are judged
and not looked up, and people use the ends of a scale differently. Gold: floor 0.70, target
0.80 of exact hits; a neighbour of the gold step counts as wrong there, so 0.90 would reject
good raters. Disagreement is partly taste: the nature is "mixed".

Change first
------------
The floors of gold, by how many steps there are: two steps are classification. Where ratings
are averaged anyway, agreement matters less than the number of ratings for each item.
"""

from __future__ import annotations

from labelaudit.starting.start import Start

NAME = "ordinal-rating"
START = Start(agreement=(0.60, 0.75), gold=(0.70, 0.80), nature="mixed")
