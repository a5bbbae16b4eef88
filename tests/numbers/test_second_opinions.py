"""The same numbers from independent implementations, on random tables with gaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from label_tables import measured, value
from labelaudit.coefficients import Resampling
from random_labels import grids, table

krippendorff = pytest.importorskip("krippendorff", reason="the extra 'crosscheck'")
PRINTED = Resampling("linearised")
VALUES = np.array([0.0, 1.0, 2.5, 7.0])


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval", "ratio"])
@settings(max_examples=60)
@given(grid=grids(units=12))
def test_alpha_equals_the_krippendorff_package(scale, grid):
    seen = np.where(grid >= 0, VALUES[grid], np.nan).T
    assume(len(np.unique(grid[grid >= 0])) > 1)
    theirs = krippendorff.alpha(
        reliability_data=seen, level_of_measurement=scale, value_domain=VALUES
    )
    ours = value("krippendorff-alpha", table(grid), scale, values=VALUES)
    assume(ours is not None or np.isnan(theirs))
    assert (np.nan if ours is None else ours) == pytest.approx(theirs, abs=1e-12, nan_ok=True)


@settings(max_examples=40)
@given(grid=grids(annotators=2))
def test_kappas_of_two_equal_nltk(grid):
    agreement = pytest.importorskip("nltk.metrics.agreement")
    both = grid[(grid >= 0).all(axis=1)]
    assume(len(np.unique(both)) > 1)
    triples = [(who, unit, label) for (unit, who), label in np.ndenumerate(both)]
    task = agreement.AnnotationTask(data=triples)
    assert value("cohen-kappa", table(both)) == pytest.approx(task.kappa(), abs=1e-12)
    assert value("scott-pi", table(both)) == pytest.approx(task.pi(), abs=1e-12)
    assert value("krippendorff-alpha", table(both)) == pytest.approx(task.alpha(), abs=1e-12)


@settings(max_examples=40)
@given(grid=grids())
def test_many_annotators_equal_nltk_on_complete_data(grid):
    agreement = pytest.importorskip("nltk.metrics.agreement")
    full = np.abs(grid)
    assume(len(np.unique(full)) > 1)
    triples = [(who, unit, label) for (unit, who), label in np.ndenumerate(full)]
    task = agreement.AnnotationTask(data=triples)
    assert value("conger-kappa", table(full)) == pytest.approx(task.multi_kappa(), abs=1e-12)


@settings(max_examples=40)
@given(
    cells=st.lists(st.integers(0, 9), min_size=9, max_size=9),
    weights=st.sampled_from(["linear", "quadratic"]),
)
def test_kappa_and_its_error_equal_statsmodels(cells, weights):
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    counts = np.array(cells).reshape(3, 3)
    assume((counts.sum(axis=0) > 0).all() and (counts.sum(axis=1) > 0).all())
    theirs = inter_rater.cohens_kappa(counts, wt=weights)
    rows = np.repeat(np.indices((3, 3)).reshape(2, 9), counts.ravel(), axis=1).T
    ours = measured("cohen-kappa", table(rows, 3), "ordinal", weights=weights, resampling=PRINTED)
    assert ours.value == pytest.approx(theirs.kappa, abs=1e-12)
    assert ours.se is None or ours.se == pytest.approx(theirs.std_kappa, abs=1e-10)


@settings(max_examples=40)
@given(grid=grids())
def test_fleiss_equals_statsmodels(grid):
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    full = np.abs(grid)
    assume(len(np.unique(full)) > 1)
    counts = (full[:, :, None] == np.arange(4)).sum(axis=1)
    theirs = inter_rater.fleiss_kappa(counts)
    assert value("fleiss-kappa", table(full)) == pytest.approx(theirs, abs=1e-12)
    free = inter_rater.fleiss_kappa(counts, method="randolph")
    assert value("brennan-prediger", table(full)) == pytest.approx(free, abs=1e-12)
