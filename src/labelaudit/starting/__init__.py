"""The shelf of starting policies: each a module whose docstring is its page.

`labelaudit init DATA --policy NAME` writes the numbers of one into `labelaudit.toml`, where
they are yours. To add one, write the module and name it in `POLICIES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.starting import (
    gold_only,
    objective_classification,
    ordinal_rating,
    safety_critical,
    subjective,
)

if TYPE_CHECKING:
    from labelaudit.starting.start import Starting

POLICIES: tuple[Starting, ...] = (
    objective_classification,
    ordinal_rating,
    subjective,
    gold_only,
    safety_critical,
)

__all__ = ["POLICIES"]
