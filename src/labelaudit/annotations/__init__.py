"""Canonical annotations: cast, validated, deduplicated and counted, ready to be measured."""

from __future__ import annotations

from labelaudit.annotations.annotations import Annotations
from labelaudit.annotations.intake import take_in
from labelaudit.annotations.row_schema import schema

__all__ = ["Annotations", "schema", "take_in"]
