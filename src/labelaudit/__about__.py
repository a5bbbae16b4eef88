"""The one place that holds the version: the build, the command and audit.json read it here."""

from __future__ import annotations

__version__ = "0.1.0"
