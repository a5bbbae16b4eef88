"""Agreement against the peers: the same data, the same machine, one process per measurement."""

from __future__ import annotations
