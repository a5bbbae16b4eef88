"""The widths at which pages are looked at, in pixels."""

from __future__ import annotations

PHONE, LAPTOP = (390, 844), (1280, 900)
