"""Other intervals than the default: each says in `method` what it resampled."""

from __future__ import annotations

import numpy as np
import pytest

from label_tables import measured
from labelaudit.coefficients import COEFFICIENTS, Ratings, Resampling, ratings
from labelaudit.errors import UsageError

UNITS, PEOPLE = 240, 6


@pytest.fixture(scope="module")
def labels() -> Ratings:
    """Six annotators of unequal care on 240 units in 24 documents that share a label."""
    rng = np.random.default_rng(11)
    document = np.arange(UNITS) // 10
    truth = np.where(
        rng.random(UNITS) < 0.7, rng.integers(0, 3, 24)[document], rng.integers(0, 3, UNITS)
    )
    who = np.argsort(rng.random((UNITS, PEOPLE)), axis=1)[:, :3]
    slips = rng.random((UNITS, 3)) < np.linspace(0.02, 0.35, PEOPLE)[who]
    given = np.where(slips, rng.integers(0, 3, (UNITS, 3)), truth[:, None])
    return ratings(np.repeat(np.arange(UNITS), 3), who.ravel(), given.ravel(), 3)


FEW_PEOPLE = [name for name, coefficient in COEFFICIENTS.items() if coefficient.annotators == "any"]


@pytest.mark.parametrize("name", FEW_PEOPLE)
def test_bootstrap_and_jackknife_agree(labels, name):
    plain = measured(name, labels)
    drawn = measured(name, labels, resampling=Resampling("bootstrap-percentile", seed=3))
    assert drawn.se == pytest.approx(plain.se, rel=0.1)
    assert (drawn.low, drawn.high) == pytest.approx((plain.low, plain.high), abs=0.02)
    assert (drawn.method, drawn.value) == ("bootstrap-percentile", plain.value)


def test_ordinal_bootstrap_ranks_anew(labels):
    plain = measured("krippendorff-alpha", labels, "ordinal")
    how = Resampling("bootstrap-percentile", seed=3)
    drawn = measured("krippendorff-alpha", labels, "ordinal", resampling=how)
    assert drawn.se == pytest.approx(plain.se, rel=0.1)


@pytest.mark.parametrize("name", FEW_PEOPLE)
def test_linearised_and_jackknife_agree(labels, name):
    plain = measured(name, labels)
    linearised = measured(name, labels, resampling=Resampling("linearised"))
    assert linearised.se == pytest.approx(plain.se, rel=0.03)


def test_the_same_seed_gives_the_same_interval(labels):
    first, second, other = (
        measured("gwet-ac1", labels, resampling=Resampling("bootstrap-percentile", seed=seed))
        for seed in (5, 5, 6)
    )
    assert first == second != other


def test_the_bootstrap_needs_a_seed(labels):
    with pytest.raises(UsageError, match="needs one"):
        measured("gwet-ac1", labels, resampling=Resampling("bootstrap-percentile"))


def test_documents_as_clusters(labels):
    documents = Resampling(clusters=np.arange(UNITS) // 10)
    found = measured("krippendorff-alpha", labels, resampling=documents)
    assert (found.method, found.df) == ("jackknife-log-clusters", 23)
    assert found.value == measured("krippendorff-alpha", labels).value


def test_annotators_vary_as_well(labels):
    plain = measured("krippendorff-alpha", labels)
    both = measured("krippendorff-alpha", labels, resampling=Resampling(annotators=True))
    assert both.method == "jackknife-log-annotators"
    assert both.se > plain.se
    assert PEOPLE - 1 < both.df < UNITS - 1


def test_ordinal_alpha_has_no_linearised_error(labels):
    found = measured("krippendorff-alpha", labels, "ordinal", resampling=Resampling("linearised"))
    assert (found.interval_undefined, found.low) == ("not-linearised", None)


def test_clusters_need_the_table(labels):
    with pytest.raises(UsageError, match="need the table of ratings"):
        measured("gwet-ac1", labels.patterns(), resampling=Resampling(annotators=True))


def test_fisher_z_has_no_interval_at_minus_one():
    turned = ratings(np.repeat(np.arange(20), 2), np.tile([0, 1], 20), np.tile([0, 1, 1, 0], 10), 2)
    found = measured("cohen-kappa", turned, resampling=Resampling("jackknife-fisher-z"))
    assert found.value == -1
    assert found.low is None
