"""Identities between coefficients, and of one coefficient between scales."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from label_tables import measured, value
from labelaudit.coefficients import Resampling
from random_labels import grids, table, tables

few = settings(max_examples=30)
numbers = st.lists(st.floats(-100, 100, width=32), min_size=4, max_size=4, unique=True)


@few
@given(grid=grids())
def test_alpha_is_fleiss_kappa_with_a_small_sample_correction(grid):
    complete = table(np.abs(grid))
    n = complete.label.size
    alpha, fleiss = value("krippendorff-alpha", complete), value("fleiss-kappa", complete)
    assume(alpha is not None)
    assert 1 - alpha == pytest.approx((n - 1) / n * (1 - fleiss), abs=1e-12)


@few
@given(data=tables("krippendorff-alpha"))
def test_interval_alpha_is_alpha_with_quadratic_weights(data):
    interval = measured("krippendorff-alpha", data, "interval")
    weighted = measured("krippendorff-alpha", data, "ordinal", weights="quadratic")
    assert interval.value == pytest.approx(weighted.value, abs=1e-12)
    assert interval.se == pytest.approx(weighted.se, abs=1e-12)


@few
@given(data=tables("krippendorff-alpha"), values=numbers, shift=st.integers(-50, 50))
def test_interval_alpha_knows_no_origin_and_no_unit(data, values, shift):
    first = measured("krippendorff-alpha", data, "interval", values=np.array(values))
    moved = 4 * np.array(values) + shift
    second = measured("krippendorff-alpha", data, "interval", values=moved)
    assert first.value == pytest.approx(second.value, abs=1e-7)


@few
@given(data=tables("krippendorff-alpha", labels=2))
def test_two_labels_are_equally_far_apart_on_every_scale(data):
    nominal = measured("krippendorff-alpha", data)
    for scale in ("ordinal", "interval", "ratio"):
        assert measured("krippendorff-alpha", data, scale).value == pytest.approx(
            nominal.value, abs=1e-12
        )


@few
@given(data=tables("krippendorff-alpha"))
def test_a_reversed_order_is_the_same_order(data):
    backwards = type(data)(data.unit, data.annotator, 3 - data.label, 4)
    first, second = (measured("krippendorff-alpha", one, "ordinal") for one in (data, backwards))
    assert first.value == pytest.approx(second.value, abs=1e-12)
    assert first.se == pytest.approx(second.se, abs=1e-12)


@few
@given(data=tables("cohen-kappa"))
def test_two_annotators_are_conger_and_scott_as_well(data):
    both = data.pairable()
    assume(len(both.annotators()) == 2)
    cohen, conger = value("cohen-kappa", both), value("conger-kappa", both)
    assert cohen == pytest.approx(conger, abs=1e-12)
    assert value("scott-pi", both) == pytest.approx(value("fleiss-kappa", both), abs=1e-12)


@few
@given(data=tables("gwet-ac2"))
def test_ac2_with_identity_weights_is_ac1(data):
    first, second = measured("gwet-ac1", data), measured("gwet-ac2", data, weights="identity")
    assert (first.value, first.se) == (second.value, second.se)


@few
@given(data=tables("conger-kappa"))
def test_each_unit_its_own_cluster_is_the_plain_jackknife(data):
    single = Resampling(clusters=np.arange(int(data.unit.max()) + 1))
    for name in ("krippendorff-alpha", "gwet-ac1", "conger-kappa"):
        plain, clustered = measured(name, data), measured(name, data, resampling=single)
        assert plain.se == pytest.approx(clustered.se, abs=1e-12)
