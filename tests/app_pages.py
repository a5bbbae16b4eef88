"""What a page of the app says, and pressing its buttons, without a browser."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

SEEN_S = 0.35
"""For so long a card is looked at before a press counts."""


def words(test: AppTest) -> str:
    """Return all that a page says."""
    kinds = (test.markdown, test.error, test.warning, test.info, test.title)
    html = [element.proto.body for element in test.main if element.type == "html"]
    return " ".join([*(element.value for kind in kinds for element in kind), *html])


def press(test: AppTest, name: str) -> AppTest:
    """Look at the card, then press a button by the start of its key."""
    time.sleep(SEEN_S)
    return next(b for b in test.button if (b.key or "").startswith(name)).click().run()
