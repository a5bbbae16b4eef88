"""Options and steps that several commands share."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from labelaudit.annotations import Annotations
    from labelaudit.model import Scale

    Command = TypeVar("Command", bound=Callable[..., object])

_LONG_BYTES = 50_000_000

data_argument = click.argument("data", nargs=-1, required=True, metavar="DATA...")
config_option = click.option(
    "-c",
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Configuration; by default labelaudit.toml beside the data or in this folder.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document to stdout, words to stderr."
)
seed_option = click.option(
    "--seed", type=int, default=0, show_default=True, help="Start of every random draw."
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="Folder for run folders.",
)


def say(message: str) -> None:
    """Print words for people: to stderr, so that stdout holds results alone."""
    click.echo(message, err=True)


def config_for(data: tuple[str, ...], config: Path | None) -> Path | None:
    """Return the configuration to use: the one named, else one beside the data or here."""
    from labelaudit.project import find_project

    if config is not None:
        return config
    first = Path(data[0])
    beside = first if first.is_dir() else first.parent
    for folder in dict.fromkeys([beside, beside.parent if first.is_dir() else beside, Path()]):
        if folder.is_dir() and (found := find_project(folder)):
            say(f"configuration: {found}")
            return found
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
    for line in annotations.said[:10]:
        say(line)
    if len(annotations.said) > 10:
        say(f"... and {len(annotations.said) - 10} more files")
    return annotations


@contextmanager
def working(what: str, data: tuple[str, ...]) -> Iterator[None]:
    """Show that long work goes on: a moving bar on a terminal, a plain line elsewhere."""
    if not sys.stderr.isatty():
        if _is_long(data):
            say(f"{what} ...")
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(what, total=None)
        yield


def _is_long(data: tuple[str, ...]) -> bool:
    files = (Path(path) for path in data)
    return sum(path.stat().st_size for path in files if path.is_file()) > _LONG_BYTES
