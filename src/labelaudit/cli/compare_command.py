"""`labelaudit compare`: did relabeling repair anything; which vendor labels better?"""

from __future__ import annotations

from pathlib import Path

import click

from labelaudit.cli.output import show
from labelaudit.cli.shared import json_option


@click.command()
@click.argument(
    "runs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="RUN..."
)
@click.option(
    "--asked",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Relabel file that was sent: CSV or JSON Lines with item_id and question_id, and"
    " wanted_label, more_labels or old_label if they are known.  [default: what the first run"
    " proposed]",
)
@click.option(
    "--vendors",
    is_flag=True,
    help="Compare vendors on the items they share, in one run or in two. Two runs without a"
    " vendor in common are compared so anyway.",
)
@json_option
def compare(runs: tuple[Path, ...], asked: Path | None, *, vendors: bool, as_json: bool) -> int:
    """Compare two runs: before and after relabeling, or vendor against vendor.

    Says what changed as asked, otherwise, not at all, and without being asked; verdicts,
    findings and measures before and after, paired by item. Exits 0 whatever it finds.

    \b
    Examples:
      labelaudit compare runs/BEFORE runs/AFTER --asked relabel.csv
      labelaudit compare runs/latest --vendors
    """
    from labelaudit.comparing import are_of_other_vendors, compare_runs, compare_vendors
    from labelaudit.reports import compare_table

    if len(runs) > 2 or (len(runs) == 1 and not vendors):
        raise click.UsageError(
            "name two runs, the one before relabeling first; or one run with --vendors"
        )
    if vendors or (asked is None and are_of_other_vendors(runs[0], runs[1])):
        if asked is not None:
            raise click.UsageError("--asked is of a re-audit: leave out --vendors")
        duel = compare_vendors(runs)
        show(compare_table.as_json(duel) if as_json else compare_table.vendors_as_text(duel))
        return 0
    found = compare_runs(runs[0], runs[1], asked)
    show(compare_table.as_json(found) if as_json else compare_table.as_text(found))
    return 0
