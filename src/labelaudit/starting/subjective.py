"""Opinions and preferences: which answer is better, is this offensive, do you like it?

For
---
Questions where people who all pay attention differ, and their spread is part of the answer.

The numbers
-----------
One alpha threshold is wrong here: at 0.667 nearly every honest batch would be rejected, and
whoever passes has trained its people to answer alike. The floor of 0.10 (target 0.30) only
asks for more than chance: a batch of blind clicks has alpha 0. An undecided floor is accepted,
for the same reason. The nature "subjective" turns flags on people who disagree off. What can
be asked for is attention: put items among the others that have one right answer, give them
gold, and hold them to a floor of 0.85 (target 0.95).

Change first
------------
Nothing on the first batch; look at speed, copying and patterns of answers instead, which see
careless work without asking for the same opinion.
"""

from __future__ import annotations

from labelaudit.starting.start import Start

NAME = "subjective"
START = Start(
    agreement=(0.10, 0.30), gold=(0.85, 0.95), nature="subjective", on_inconclusive="accept"
)
