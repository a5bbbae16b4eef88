"""Every check is documented where it is written: fixed headings, in order, none empty."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from labelaudit import checks

HEADINGS = [
    "Looks for",
    "Why it matters",
    "Example",
    "What to do",
    "Policy keys",
    "References",
]
HEADING = re.compile(r"^(\S.*)\n-{3,}\n", re.MULTILINE)
UNITS = ("_fraction", "_count", "_s", "_agreement", "_accuracy", "_level")

every_check = pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.NAME)


@every_check
def test_a_check_has_all_headings_in_order_and_none_is_empty(check):
    _, *parts = HEADING.split(inspect.cleandoc(check.__doc__))
    assert parts[::2] == HEADINGS
    assert all(body.strip() for body in parts[1::2])


@every_check
def test_a_check_is_named_after_its_module(check):
    module = check.__name__.rpartition(".")[2]
    assert module.replace("_", "-") == check.NAME


@every_check
def test_a_key_of_a_check_says_its_unit_and_stands_on_its_page(check):
    assert [key for key in check.KEYS if not key.endswith(UNITS)] == []
    assert [key for key in check.KEYS if f"`{key}`" not in check.__doc__] == []


def test_every_module_with_a_name_stands_in_the_tuple():
    folder = Path(checks.__file__).parent
    written = {path.stem for path in folder.glob("*.py") if "\nNAME = " in path.read_text()}
    assert written == {check.NAME.replace("-", "_") for check in checks.CHECKS}
