"""The statistician's table in 80 columns: no number, name or count is cut, no zero is negative."""

from __future__ import annotations

import pytest

from deliveries import write


def rows(units, differ=()):
    """Return the labels of two people, who differ on some units."""
    for unit in range(units):
        for who in ("ann", "ben"):
            label = "y" if unit in differ and who == "ben" else "x"
            yield {"item": str(unit), "annotator": who, "label": label}


@pytest.fixture
def table(run, tmp_path):
    def show(units, differ=()):
        data = write(tmp_path / "d.csv", rows(units, differ))
        return run("agreement", data, "--coefficient", "all").out

    return show


@pytest.mark.parametrize(("units", "differ"), [(61, [3]), (1, []), (30, []), (1200, range(900))])
def test_nothing_is_cut(table, units, differ):
    out = table(units, differ)
    assert "…" not in out
    assert "krippendorff-alpha" in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_zero_has_no_sign(table):
    assert "-0.000" not in table(61, [3])


def test_a_missing_interval_says_why_and_for_which(table):
    words = " ".join(table(61, [3]).split())
    assert "cohen-kappa 0.000 (no interval)" in words
    assert "too-little-disagreement (cohen-kappa, conger-kappa, fleiss-kappa" in words


def test_the_distance_and_the_method_are_said(run, tmp_path):
    labels = [{**row, "label": f'["{row["label"]}"]'} for row in rows(30, range(9))]
    data = write(tmp_path / "d.csv", labels)
    plain = run("agreement", data, "--scale", "set")
    assert "masi distance; intervals: jackknife-log" in plain.words
    jaccard = run("agreement", data, "--scale", "set", "--distance", "jaccard", "--json")
    assert jaccard.document["rows"][0]["reads"] == "jaccard distance"


def test_coefficients_that_read_labels_otherwise_are_named(run, tmp_path):
    data = write(tmp_path / "d.csv", rows(30, range(9)))
    words = run("agreement", data, "--coefficient", "all", "--weights", "linear").words
    assert "linear weights" in words
    default = run("agreement", data, "--coefficient", "all").words
    assert "identity weights (gwet-ac2)" in default
