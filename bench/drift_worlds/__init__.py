"""Simulated worlds in which the drift tests must raise few false alarms and find what drifts."""

from __future__ import annotations
