"""`labelaudit explain`: the page of a check or coefficient, in the terminal."""

from __future__ import annotations

import pytest

from labelaudit.checks import CHECKS
from labelaudit.coefficients import COEFFICIENTS
from labelaudit.starting import POLICIES

POLICY_NAMES = [starting.NAME for starting in POLICIES]
CHECK_NAMES = [check.NAME for check in CHECKS]


@pytest.mark.parametrize("name", CHECK_NAMES)
def test_a_check_is_explained_by_its_page(run, name):
    done = run("explain", name)
    assert done.code == 0
    assert done.out.startswith(f"{name}\n{'=' * len(name)}\n")
    assert "\nWhat to do\n----------\n" in done.out


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_a_coefficient_is_explained_with_its_source(run, name):
    done = run("explain", name)
    assert (done.code, COEFFICIENTS[name].source in done.out) == (0, True)


@pytest.mark.parametrize("name", POLICY_NAMES)
def test_a_starting_policy_is_explained_with_its_reasons(run, name):
    done = run("explain", name)
    assert (done.code, "\nThe numbers\n-----------\n" in done.out) == (0, True)


def test_without_a_name_all_are_listed(run):
    listed = [line.split()[0] for line in run("explain").out.splitlines()]
    assert listed == [*CHECK_NAMES, *COEFFICIENTS, *POLICY_NAMES]


def test_a_misspelled_name_gets_the_nearest(run):
    done = run("explain", "low-agrement")
    assert (done.code, "did you mean 'low-agreement'?" in done.err) == (2, True)
