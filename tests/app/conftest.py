"""An audited sample, a store of its own per test, and pages run without a browser."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from labelaudit.review import open_store

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.settings import Settings  # noqa: E402 - the app stands at the top of the repository

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def review(sample_run, tmp_path, monkeypatch):
    """Start from a store that holds the sample run; return it."""
    db = str(tmp_path / "reviews.db")
    Settings(
        runs=(str(sample_run.parent),), db=db, config=str(ROOT / "sample_data/labelaudit.toml")
    ).store()
    with open_store(db) as store:
        store.import_run(sample_run, "ann", NOON)
        yield store


@pytest.fixture
def empty(tmp_path):
    """Start from a store that holds nothing."""
    Settings(runs=(str(tmp_path),), db=str(tmp_path / "none.db")).store()


@pytest.fixture
def page():
    """Return what runs a page and gives its elements."""
    from streamlit.testing.v1 import AppTest

    def run(name, **query):
        test = AppTest.from_string(
            f"from app.components import frame\nfrom app.views import {name}\n"
            f"frame.page()\n{name}.render()\n",
            default_timeout=30,
        )
        for key, value in query.items():
            test.query_params[key] = value
        return test.run()

    return run
