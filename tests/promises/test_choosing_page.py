"""The page that helps to choose a coefficient tells the truth: names, numbers, commands."""

from __future__ import annotations

import doctest
import importlib
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from labelaudit.cli import cli
from labelaudit.coefficients import COEFFICIENTS, REASONS
from labelaudit.coefficients.weights import NAMES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "choosing-a-coefficient.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^labelaudit (.+)$", TEXT, re.MULTILINE)
CODES = set(re.findall(r"`((?:too|no|not|one)-[a-z-]+)`", TEXT)) - {"no-disagreement"}
SHOWN = "raw agreement|Gwet's AC1|Krippendorff's alpha"
PREVALENCE = re.findall(rf"^\| ({SHOWN}) \|(.+)\|$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_every_coefficient_is_on_the_page(name):
    assert f"`{name}`" in TEXT


@pytest.mark.parametrize("family", sorted(set(NAMES) - {"identity"}))
def test_every_family_of_weights_is_on_the_page(family):
    assert f"`{family}`" in TEXT


def test_every_reason_that_is_named_exists():
    assert CODES
    assert set(REASONS) >= CODES


@pytest.mark.parametrize(("name", "cells"), PREVALENCE)
def test_the_prevalence_table_is_what_the_coefficients_say(monkeypatch, name, cells):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    figures = importlib.import_module("figures")
    shares = (0.5, 0.3, 0.1, 0.05)
    found = [figures.agreement_at(share, figures.SHOWN[name]) for share in shares]
    assert [f"{value:.3f}" for value in found] == cells.replace("|", " ").split()


def test_the_prevalence_table_has_its_three_lines():
    assert len(PREVALENCE) == 3


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(monkeypatch, command):
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(cli, shlex.split(command))
    assert (done.exit_code, done.exception) == (0, None)


def test_the_python_prints_what_the_page_shows():
    outcome = doctest.testfile(str(PAGE), module_relative=False)
    assert outcome.failed == 0 < outcome.attempted


def test_the_picture_was_drawn_from_the_specification_beside_it():
    folder = PAGE.parent / "figures"
    assert {path.stem for path in folder.glob("prevalence*")} == {"prevalence", "prevalence.vl"}
    assert "prefers-color-scheme: dark" in (folder / "prevalence.svg").read_text()
