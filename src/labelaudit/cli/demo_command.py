"""`labelaudit demo`: sample deliveries with planted faults, audited."""

from __future__ import annotations

from pathlib import Path

import click

from labelaudit.cli.output import say


@click.command()
@click.argument(
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("labelaudit-demo"),
)
def demo(folder: Path) -> int:
    """Write the sample deliveries into a folder, audit them, and say what to look at next.

    \b
    Example:
      labelaudit demo labelaudit-demo
    """
    from labelaudit import samples
    from labelaudit.cli.work import audit_data, show_text
    from labelaudit.errors import UsageError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        samples.write(folder)
    except OSError as error:
        raise UsageError(
            str(folder), f"cannot be written: {error.strerror}", next_step="name another folder"
        ) from error
    config = folder / "labelaudit.toml"
    done = audit_data((str(folder / "delivery"),), config, folder / "runs", 0)
    show_text(done.audit)
    say(f"run folder: {done.run}")
    say("")
    say(f"What was planted, and what should be found: {folder / 'README.md'}")
    say("Next:")
    say(f"  labelaudit gate {folder / 'delivery'} -c {config}   # exit code 1: batches rejected")
    say(f"  open {done.run / 'report.html'} in a browser")
    say("  labelaudit explain low-agreement")
    say("Review what is flagged (stop the app with Ctrl-C):")
    db = folder / "reviews.db"
    say(f"  labelaudit review {folder / 'runs/latest'} -c {config} --db {db}")
    return 0
