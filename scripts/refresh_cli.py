"""Write docs/cli.md again from the real `--help` of every command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner
from generated import ROOT, main

from labelaudit.cli import COMMANDS, cli

if TYPE_CHECKING:
    from generated import Pages

PAGE = ROOT / "docs" / "cli.md"
START = """# The command line

What each command says with `--help`. What the exit codes mean is in [exit-codes.md](exit-codes.md).
"""


def sections(command: click.Command, *names: str) -> str:
    """Return the section of a command, and those of the commands under it."""
    under = command.commands.values() if isinstance(command, click.Group) else ()
    return section(*names) + "".join(sections(each, *names, str(each.name)) for each in under)


def section(*names: str) -> str:
    """Return the section of a command: what it says with --help, 80 columns wide."""
    said = CliRunner().invoke(cli, [*names, "--help"], prog_name="labelaudit", terminal_width=80)
    title = " ".join(("labelaudit", *names))
    return f"\n## {title}\n\n```text\n{said.output.rstrip()}\n```\n"


def pages() -> Pages:
    """Return docs/cli.md as it should stand."""
    commands = [sections(command, str(command.name)) for command in COMMANDS]
    return {PAGE: START + section() + "".join(commands)}


if __name__ == "__main__":
    sys.exit(main(pages))
