"""Deliveries audited on the spot."""

from __future__ import annotations

import pytest

import labelaudit
from deliveries import CONFIG, GOLD, GOLD_COLUMN, VENDOR, deliver, with_columns

FULL = with_columns(GOLD_COLUMN, VENDOR, config=CONFIG + GOLD)


@pytest.fixture
def audit_of(tmp_path):
    """Audit rows under a configuration."""

    def audit(rows, config=CONFIG, **choices):
        data = deliver(tmp_path, rows, config)
        with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
            return labelaudit.run(annotations, **choices)

    return audit


@pytest.fixture
def audited(tmp_path):
    """Audit rows with gold and vendors, and return the run folder."""
    from labelaudit.reports import REPORTS
    from labelaudit.runs import save

    def folder(name, rows, config=FULL):
        data = deliver(tmp_path / name, rows, config)
        with labelaudit.read(data, project=data.parent / "labelaudit.toml") as annotations:
            audit = labelaudit.run(annotations)
            return save(audit, annotations, tmp_path / name / "runs", REPORTS["json"](audit), {})

    return folder
