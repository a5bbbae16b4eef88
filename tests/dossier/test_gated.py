"""A run shows what its gate decided, each limit at its look."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from labelaudit.dossier.documents import read_document
from labelaudit.dossier.gate_state import gate_state
from labelaudit.dossier.gated import as_gated
from labelaudit.settings import Gate
from labelaudit.settling import settle

ROOT = Path(__file__).parents[2]
WAIVER = """[[waivers]]
check = "low-gold-accuracy"
scope = "me-05"
reason = "its gold is old"
owner = "ann"
expires = 2026-06-01
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return the run folder of the sample deliveries."""
    from labelaudit.cli.work import audit_data

    data = (str(ROOT / "sample_data/delivery"),)
    place = tmp_path_factory.mktemp("gated")
    return audit_data(data, ROOT / "sample_data/labelaudit.toml", place, 0, None).run


@pytest.fixture
def gate(run, tmp_path):
    """Return what a gate with a ledger and a waiver said of the run."""
    (tmp_path / "waivers.toml").write_text(WAIVER, encoding="utf-8")
    files = Gate(ledger=str(tmp_path / "l.jsonl"), waivers=str(tmp_path / "waivers.toml"))
    return settle(run, files, date(2026, 5, 1)).document()


def test_without_a_gate_the_verdicts_are_those_of_the_audit(run):
    document = read_document(run)
    assert as_gated(document, None) is document


def test_a_batch_that_a_waiver_lets_through_keeps_its_verdict(run, gate):
    found = as_gated(read_document(run), gate)
    assert found.let_through == {"me-05"}
    assert next(one for one in found.verdicts if one.batch_id == "me-05").verdict == "reject"


def test_each_limit_stands_at_the_level_of_its_look(run, gate):
    found = as_gated(read_document(run), gate)
    assert found.looks["nw-07", "label", "min_agreement"] == 1
    (first, *_) = next(one for one in found.verdicts if one.batch_id == "nw-07").thresholds
    assert first.level > 0.95


def test_the_state_of_the_gate_names_the_waiver_and_the_ledger(run, gate):
    state = gate_state(read_document(run), gate)
    assert state.waived[0]["reason"] == "its gold is old"
    assert state.ledger is not None
    assert state.today == "2026-05-01"
    assert state.stand == (2, 2)


@pytest.mark.parametrize("batches", [None, [{}], ["nw-01"], [{"batch_id": "nw-01"}]])
def test_a_gate_file_of_another_shape_changes_nothing(run, batches):
    document = read_document(run)
    assert as_gated(document, {"exit_code": 0, "batches": batches}) == document
