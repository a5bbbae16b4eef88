"""`labelaudit init`: sniff a delivery and write a commented labelaudit.toml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.shared import data_argument, say, working

if TYPE_CHECKING:
    from labelaudit.configuration.propose import Draft


@click.command()
@data_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("labelaudit.toml"),
    show_default=True,
    help="Where to write the configuration.",
)
@click.option("--force", is_flag=True, help="Replace a configuration that is there.")
def init(data: tuple[str, ...], output: Path, *, force: bool) -> int:
    """Sniff a delivery, write labelaudit.toml, say what is understood and what is not.

    \b
    Example:
      labelaudit init delivery/ -o labelaudit.toml
    """
    from labelaudit.configuration.propose import propose
    from labelaudit.configuration.write import toml_for
    from labelaudit.engine.profile import profiles
    from labelaudit.engine.session import Session
    from labelaudit.errors import UsageError
    from labelaudit.reading import load_files, open_for
    from labelaudit.settings import Project

    if output.exists() and not force:
        raise UsageError(str(output), "is there already", next_step="--force replaces it")
    delivery = open_for(list(data), Project())
    with working("reading", data), Session() as session:
        files = load_files(session, delivery, ("",))
        draft = propose(profiles(session, delivery.columns))
    text = toml_for(draft, delivery.reader)
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(str(output), f"cannot be written: {error.strerror}") from error
    for file in delivery.files:
        say(f"{file.name}: {file.reader}, {', '.join(file.said)}")
    say(f"{sum(file.rows for file in files):,} rows")
    _understood(draft, output)
    return 0


def _understood(draft: Draft, output: Path) -> None:
    for role, column in draft.roles.items():
        click.echo(f"  {role:14} = {column}")
    if draft.annotators:
        click.echo(f"  annotators     = {', '.join(draft.annotators)}")
    for question in draft.questions:
        labels = f": {', '.join(question.labels)}" if question.labels else ""
        click.echo(f"  question {question.name}: {question.scale}{labels}")
    if draft.unsure:
        click.echo("Please check:")
        for line in draft.unsure:
            click.echo(f"  - {line}")
    click.echo(f"Wrote {output}. Next: labelaudit audit DATA -c {output}")
