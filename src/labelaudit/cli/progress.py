"""Long work shows that it goes on: a moving bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONG_BYTES = 20_000_000


@contextmanager
def working(what: str, data: tuple[str, ...]) -> Iterator[None]:
    """Show that work on the data goes on; small deliveries are done before one could look."""
    if not is_long(data):
        yield
    elif sys.stderr.isatty():
        with _bar(what):
            yield
    else:
        say(f"{what} ...")
        yield


@contextmanager
def _bar(what: str) -> Iterator[None]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    console = Console(stderr=True)
    # a result printed meanwhile stays on stdout
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        progress.add_task(what, total=None)
        yield


def is_long(data: tuple[str, ...]) -> bool:
    """Say whether the data is large enough to wait for."""
    return sum(_bytes(Path(name)) for name in data) > _LONG_BYTES


def _bytes(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    inside = (Path(folder) / name for folder, _, names in os.walk(path) for name in names)
    return sum(file.stat().st_size for file in inside if file.is_file())
