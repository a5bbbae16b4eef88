"""The command line: one module per command, each thin, heavy imports inside the command.

To add a command, write the module and name it in `COMMANDS`.
"""

from __future__ import annotations

import click

from labelaudit.__about__ import __version__
from labelaudit.cli import (
    agreement_command,
    audit_command,
    check_command,
    compare_command,
    demo_command,
    explain_command,
    export_command,
    gate_command,
    init_command,
    ledger_command,
    plan_command,
    review_command,
    reviews_command,
    waive_command,
)
from labelaudit.cli.guard import guarded

COMMANDS: tuple[click.Command, ...] = (
    init_command.init,
    audit_command.audit,
    gate_command.gate,
    agreement_command.agreement,
    plan_command.plan,
    compare_command.compare,
    check_command.check_config,
    waive_command.waive,
    ledger_command.ledger,
    explain_command.explain,
    review_command.review,
    reviews_command.reviews,
    export_command.export,
    demo_command.demo,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96})
@click.version_option(__version__, prog_name="labelaudit")
def cli() -> None:
    """CI for labels: is this batch good enough, and if not, what is wrong?

    Exit codes: 0 every batch accepted, 1 at least one rejected, 3 none rejected but at least
    one undecided, 2 wrong usage or configuration, 4 input unreadable, 5 internal error.
    """


for _command in COMMANDS:
    cli.add_command(_command)


def main() -> None:
    """Run the command line and exit with the published code."""
    guarded(cli)
