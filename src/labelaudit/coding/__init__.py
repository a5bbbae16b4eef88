"""From frames to codes: what the labels of a frame are, and which number stands for each.

Labels are compared as what they are, never as what pandas might make of them: the text
"nan" is a label, None and NaN are not. Work goes column by column and distinct value by
distinct value, so that millions of rows cost a few array operations.
"""

from __future__ import annotations

from labelaudit.coding.frames import Coded, Layout, code_counts, code_long, code_wide
from labelaudit.coding.labels import code_labels

__all__ = ["Coded", "Layout", "code_counts", "code_labels", "code_long", "code_wide"]
