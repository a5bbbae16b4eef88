"""The public names: pinned, sorted, and all there."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

import labelaudit

NAMES = [
    "Audit",
    "Estimate",
    "Finding",
    "InputError",
    "LabelAuditError",
    "MissingExtraError",
    "Question",
    "UsageError",
    "__version__",
    "agreement",
    "annotator_groups",
    "charts",
    "letter",
    "read",
    "run",
    "schema",
]


def test_the_public_names_are_pinned_and_sorted():
    assert labelaudit.__all__ == NAMES == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_can_be_fetched(name):
    assert getattr(labelaudit, name) is not None


def test_the_public_names_are_listed_before_they_are_fetched():
    assert dir(labelaudit) == NAMES


def test_the_names_for_pytest_users_are_pinned():
    assert import_module("labelaudit.testing").__all__ == ["assert_gate"]


def test_a_name_that_does_not_exist_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'agrement'"):
        _ = labelaudit.agrement


@pytest.mark.parametrize("package", ["labelaudit", "labelaudit.annotations"])
def test_no_module_is_called_like_a_public_name_beside_it(package):
    modules = {found.name for found in iter_modules(import_module(package).__path__)}
    assert modules.isdisjoint(NAMES)
