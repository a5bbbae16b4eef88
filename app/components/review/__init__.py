"""The review page's parts: what is on the desk, the card, the bar, and what was done."""
