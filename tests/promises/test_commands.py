"""Every command helps, shows an example, and answers without the heavy imports."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from labelaudit.cli import COMMANDS

NAMES = ["init", "audit", "gate", "agreement", "plan", "compare", "check-config", "waive"]
NAMES += ["ledger", "explain", "review", "reviews", "export", "demo"]
HEAVY = ["duckdb", "numpy", "pandas", "pandera", "pyarrow", "rich", "scipy"]
HEAVY += ["alembic", "sqlalchemy", "streamlit"]
SAYS_WHAT_IT_LOADED = f"print(sorted(set(sys.modules) & set({HEAVY})), file=sys.stderr)"


def python(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def helped(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Ask for help in a process of its own, which ends by saying what it imported."""
    return python(
        f"import atexit, sys; atexit.register(lambda: {SAYS_WHAT_IT_LOADED}); "
        f"sys.argv = ['labelaudit', *{arguments}, '--help']; "
        "from labelaudit.cli import main; main()"
    )


def test_the_commands_are_pinned():
    assert [command.name for command in COMMANDS] == NAMES


@pytest.mark.parametrize("arguments", [(), *((name,) for name in NAMES)])
def test_help_imports_nothing_heavy(arguments):
    done = helped(*arguments)
    assert (done.returncode, done.stderr) == (0, "[]\n")


@pytest.mark.parametrize("name", NAMES)
def test_every_command_says_what_it_does_and_shows_an_example(name):
    said = helped(name).stdout
    assert f"Usage: labelaudit {name}" in said
    assert re.search(rf"Examples?:\n +labelaudit {name}\b", said)


def test_importing_labelaudit_imports_nothing_heavy():
    done = python(f"import sys, labelaudit; {SAYS_WHAT_IT_LOADED}")
    assert (done.returncode, done.stderr) == (0, "[]\n")


@pytest.mark.parametrize("name", NAMES)
def test_what_we_wrote_ourselves_fits_80_columns(name):
    assert [line for line in helped(name).stdout.splitlines() if len(line) > 80] == []
