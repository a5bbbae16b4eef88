"""`labelaudit review`: the app on the loopback address."""

from __future__ import annotations

import getpass
import importlib
import importlib.util
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say
from labelaudit.cli.shared import config_option
from labelaudit.errors import InputError, MissingExtraError, UsageError

if TYPE_CHECKING:
    from types import ModuleType

_LOOPBACK = "127.0.0.1"


@click.command()
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path))
@config_option
@click.option(
    "--db",
    metavar="FILE_OR_URL",
    default="labelaudit-reviews.db",
    show_default=True,
    help="The store of decisions: a file, or postgresql+psycopg://user@host/database.",
)
@click.option("--port", type=click.IntRange(1, 65_535), default=8501, show_default=True)
@click.option("--address", default=_LOOPBACK, show_default=True, help="Where to listen.")
@click.option(
    "--team", is_flag=True, help="People log in by OpenID Connect; roles stand under [review]."
)
@click.option("--public-url", metavar="URL", help="How people reach the app, for logins.")
@click.option("--allow-host", "hosts", multiple=True, help="A host name that the app is asked by.")
def review(
    runs: tuple[Path, ...],
    config: Path | None,
    db: str,
    port: int,
    address: str,
    *,
    team: bool,
    public_url: str | None,
    hosts: tuple[str, ...],
) -> None:
    """Open the review app on finished runs: see them, decide, export.

    Without RUNS it opens runs/latest, if there is one. Each run is taken into the store once.

    \b
    Example:
      labelaudit review runs/latest
    """
    if address != _LOOPBACK and not team:
        raise UsageError(
            f"--address {address}",
            "lets others reach an app that asks nobody who they are",
            next_step="add --team, or leave --address out",
        )
    app = _app()
    if config is not None:
        _must_be_right(config)
    if team and importlib.util.find_spec("authlib") is None:
        raise MissingExtraError("--team", "team")
    folders = _folders(runs)
    _take_in(folders, db)
    places = dict.fromkeys([*(str(folder.parent) for folder in folders), "runs"])
    named = None if config is None else str(config)
    say(f"the review app opens on http://{address}:{port} - stop it with Ctrl-C")
    app.serve(
        app.Settings(runs=tuple(places), db=db, config=named, team=team),
        address=address,
        port=port,
        public_url=public_url,
        hosts=hosts,
    )


def _must_be_right(config: Path) -> None:
    """Refuse a faulty configuration now, and not on the page that first reads it."""
    from labelaudit.project import load_project

    load_project(config)


def _folders(runs: tuple[Path, ...]) -> list[Path]:
    """Return the folders of runs; a link like `latest` leads to one."""
    latest = Path("runs/latest")
    named = runs or ((latest,) if latest.exists() else ())
    for run in named:
        if not (run / "audit.json").is_file():
            step = "labelaudit audit DATA writes one"
            raise InputError(str(run), "expected a run folder", next_step=step)
    return [run.resolve() for run in named]


def _take_in(folders: list[Path], db: str) -> None:
    from labelaudit.review import open_store

    with open_store(db) as store:
        for folder in folders:
            done = store.import_run(folder, getpass.getuser(), datetime.now(UTC))
            new = "there already" if done.already_there else "new"
            say(f"run {done.run.id} of {done.run.dataset}: {done.flags:,} flags ({new})")


def _app() -> ModuleType:
    """Return what serves the app: shipped in the wheel, else in the repository."""
    package = Path(__file__).parent.parent
    shipped = package / "_app"
    sys.path.insert(0, str(shipped if shipped.is_dir() else package.parent.parent))
    try:
        return importlib.import_module("app.server")
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"streamlit", "starlette", "altair"}:
            raise
        raise MissingExtraError("the review app", "app") from error
