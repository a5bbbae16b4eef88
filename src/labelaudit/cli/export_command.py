"""`labelaudit export`: the relabel file, or the decisions, for the vendor."""

from __future__ import annotations

import getpass
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say, show
from labelaudit.cli.reviews_command import db_option
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from labelaudit.review.sending import Format, What

_APOSTROPHE = (
    "cells that a spreadsheet would take for a formula, or that begin with an apostrophe, have an"
    " apostrophe before them: take one away to read them"
)


@click.command()
@click.argument("run")
@db_option
@click.option(
    "--what",
    type=click.Choice(["relabel", "decisions"]),
    default="relabel",
    show_default=True,
    help="Units to label again, or every decision of the run.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "label-studio"]),
    default="csv",
    show_default=True,
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file.")
@click.option(
    "--with-answers",
    is_flag=True,
    help="Also tell what reviewers answered, their notes and names: who labels again and knows"
    " the answer copies it.",
)
@click.option(
    "--plan", is_flag=True, help="Also units that the relabeling plan of the run gives labels."
)
@click.option("--new", "only_new", is_flag=True, help="Leave out what was sent before.")
def export(
    run: str,
    db: str,
    what: What,
    form: Format,
    output: Path | None,
    *,
    with_answers: bool,
    plan: bool,
    only_new: bool,
) -> None:
    """Write what goes back to the vendor: units to label again, or decisions.

    RUN is a run folder, or the id of a run in the store. What is written is kept there as sent:
    its decisions can no longer be undone, only decided anew.

    \b
    Example:
      labelaudit export runs/latest -o relabel.csv
    """
    from labelaudit.review import Wanted, open_store
    from labelaudit.review.folder import planned, run_id_of

    place = Path(run)
    is_folder = place.is_dir()
    if plan and (what != "relabel" or not is_folder):
        raise click.UsageError("--plan needs a run folder, and is of the relabel file")
    run_id = run_id_of(place) if is_folder else run
    wanted = Wanted(what, form, with_answers=with_answers, only_new=only_new)
    with open_store(db, create=False) as store, _writing(output) as write:
        more = planned(place) if plan else ()
        done = store.export(run_id, getpass.getuser(), datetime.now(UTC), wanted, planned=more)
        write(done.text)
    into = f" in {output}" if output else ""
    say(f"export {done.export.name}: {done.export.rows:,} rows{into}, kept as sent")
    if form == "csv":
        say(_APOSTROPHE)


@contextmanager
def _writing(output: Path | None) -> Iterator[Callable[[str], None]]:
    """Give what writes the result; a file that cannot be written is refused before anything."""
    if output is None:
        yield show
        return
    try:
        with tempfile.TemporaryDirectory(prefix=".export-", dir=output.parent) as place:
            beside = Path(place) / output.name
            beside.write_text("", encoding="utf-8")

            def write(text: str) -> None:
                beside.write_text(text, encoding="utf-8", newline="")
                beside.replace(output)

            yield write
    except OSError as error:
        raise UsageError(
            str(output), f"cannot be written: {error.strerror}", next_step="name another file"
        ) from error
