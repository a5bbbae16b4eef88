"""One right answer per item, which careful people find: cat or dog, spam or not.

For
---
Questions with a closed list of labels and a guideline that decides nearly every item.
Disagreement is error.

The numbers
-----------
Agreement: floor 0.667, target 0.80. Under 0.667 alpha is commonly not trusted even for
tentative conclusions, and from 0.80 it is called reliable; the room between them keeps a
decision affordable: 203 items with two labels each on a mix of 40/30/20/10, 883 where one
label takes nine of ten. Gold: floor 0.90, target 0.95: agreement cannot see what everybody
gets wrong alike. An undecided floor asks a person, as labels that may be good should not be
thrown away.

Change first
------------
The floors, if the model that trains on the labels stands more or less noise. Where one label
is rare, order by `labelaudit plan --mix 90,10`.

References
----------
Krippendorff (2019), Content Analysis, 4th ed., chapter 12 (0.667 and 0.800).
"""

from __future__ import annotations

from labelaudit.starting.start import Start

NAME = "objective-classification"
START = Start(agreement=(0.667, 0.80), gold=(0.90, 0.95))
