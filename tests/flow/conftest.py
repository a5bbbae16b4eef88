"""Deliveries audited on the spot."""

from __future__ import annotations

import pytest

import labelaudit
from deliveries import CONFIG, deliver


@pytest.fixture
def audit_of(tmp_path):
    """Audit rows under a configuration."""

    def audit(rows, config=CONFIG, **choices):
        data = deliver(tmp_path, rows, config)
        with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
            return labelaudit.run(annotations, **choices)

    return audit
