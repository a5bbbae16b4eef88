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


@pytest.fixture
def save_audit():
    """Audit a delivery whose configuration stands above it, and return its run folder."""
    from labelaudit.reports import REPORTS
    from labelaudit.runs import save

    def saved(data, place):
        with labelaudit.read(data, project=data.parent / "labelaudit.toml") as annotations:
            audit = labelaudit.run(annotations)
            return save(audit, annotations, place / "runs", REPORTS["json"](audit), {})

    return saved
