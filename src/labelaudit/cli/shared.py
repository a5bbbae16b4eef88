"""Options and steps that several commands share."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say
from labelaudit.cli.progress import working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.annotations import Annotations
    from labelaudit.model import InputFile, Scale

MAX_LINES = 10

data_argument = click.argument("data", nargs=-1, required=True, metavar="DATA...")
config_option = click.option(
    "-c",
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Configuration. Without it the first of these is taken, and said: labelaudit.toml, or"
    " [tool.labelaudit] in pyproject.toml, in this folder; then beside the first DATA. One"
    " inside a folder that is audited comes with the delivery and is not taken.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document to stdout, words to stderr."
)
seed_option = click.option(
    "--seed", type=int, default=0, show_default=True, help="Start of every random draw."
)
baseline_option = click.option(
    "--baseline",
    type=click.Path(exists=True, path_type=Path),
    metavar="RUN_OR_DATA",
    help="What batches are compared with: a run folder, or an earlier delivery that the same"
    " configuration reads. Without it: [drift] of the configuration, or all other batches.",
)
counts_option = click.option(
    "--counts-only",
    is_flag=True,
    help="Leave out what reads every answer again (checks of people and of batches beside each"
    " other, consensus, the review queue), for deliveries of very many rows.",
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="Folder for run folders.",
)
waivers_option = click.option(
    "--waivers",
    type=click.Path(exists=True, dir_okay=False),
    help="File of the waivers.  [default: [gate] waivers of the configuration]",
)
ledger_option = click.option(
    "--ledger",
    type=click.Path(dir_okay=False),
    help="File of what gates decided; made where it is not there.  [default: [gate] ledger of"
    " the configuration; without one nothing is kept]",
)
today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    callback=lambda _context, _option, given: (given or datetime.now(UTC)).date(),
    help="Day that waivers are held against, such as 2026-12-31.  [default: today, in UTC]",
)


LEAST_OF_HEAD = 12


def head_of(_context: click.Context, option: click.Parameter, given: str | None) -> str | None:
    """Return the beginning of a head, if it is long enough to be no other's."""
    if given is not None and len(given) < LEAST_OF_HEAD:
        name = option.opts[0]
        raise click.UsageError(f"{name} {given}: expected {LEAST_OF_HEAD} characters or more")
    return given


def config_for(data: tuple[str, ...], config: Path | None) -> Path | None:
    """Return the configuration to use: the one named, else one here, else one beside the data."""
    from labelaudit.project import FILE_NAME, find_project

    if config is not None:
        return config
    first = Path(data[0])
    for folder in (Path(), first.parent):
        if folder.is_dir() and (found := find_project(folder)):
            say(f"configuration: {found}")
            return found
    if (first / FILE_NAME).is_file():
        say(f"{first / FILE_NAME} comes with the delivery: it is used only if named with -c")
    say("configuration: none found, so columns are taken by their names")
    return None


def read_data(
    data: tuple[str, ...], config: Path | None, *, scale: Scale | None = None
) -> Annotations:
    """Read a delivery, saying what was sniffed."""
    from labelaudit.reading import read

    project = config_for(data, config)
    with working("reading and counting", data):
        annotations = read(list(data), project, scale=scale)
    for line in briefly(annotations.said, annotations.files):
        say(line)
    return annotations


def briefly(said: tuple[str, ...], files: tuple[InputFile, ...]) -> Iterator[str]:
    """Yield what was sniffed, files that are alike on one line."""
    paths = {file.path for file in files}
    alike: dict[str, list[str]] = {}
    others = []
    for line in said:
        path, _, found = line.partition(": ")
        if path in paths:
            alike.setdefault(found, []).append(path)
        else:
            others.append(line)
    for found, named in alike.items():
        yield f"{named[0] if len(named) == 1 else f'{len(named)} files'}: {found}"
    yield from others[:MAX_LINES]
    if len(others) > MAX_LINES:
        yield f"... and {len(others) - MAX_LINES:,} more lines"
