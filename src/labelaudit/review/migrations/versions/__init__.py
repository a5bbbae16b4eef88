"""How older stores become newer ones: one module a step, never edited after a release."""

from __future__ import annotations
