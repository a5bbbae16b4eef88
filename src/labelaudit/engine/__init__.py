"""The engine: canonical rows in, integer counts out; the only place that knows DuckDB."""

from __future__ import annotations
