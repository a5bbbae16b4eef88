"""`labelaudit agreement`: the statistician's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say, show
from labelaudit.cli.shared import config_option, data_argument, json_option, read_data
from labelaudit.model import SCALES

if TYPE_CHECKING:
    from pathlib import Path

    from labelaudit.annotations import Annotations
    from labelaudit.model import Scale

_METHODS = ("jackknife-log", "jackknife-fisher-z", "linearised", "bootstrap-percentile")


@click.command()
@data_argument
@config_option
@click.option(
    "--coefficient",
    "names",
    multiple=True,
    metavar="NAME",
    default=("krippendorff-alpha",),
    show_default=True,
    help="A coefficient, or `all`; may be given many times.",
)
@click.option(
    "--scale",
    type=click.Choice(SCALES),
    metavar="NAME",
    help=f"Read every question on this scale instead of its own: {', '.join(SCALES)}.",
)
@click.option("--by", default="", metavar="A,B", help="Slice by batch, vendor or any column.")
@click.option("--weights", metavar="FAMILY", help="Agreement weights: linear, quadratic, ...")
@click.option("--distance", metavar="NAME", help="Distance: nominal, interval, ratio, masi ...")
@click.option(
    "--method",
    type=click.Choice(_METHODS),
    default=_METHODS[0],
    show_default=True,
    metavar="NAME",
    help=f"How intervals are made: {', '.join(_METHODS)}.",
)
@click.option("--cluster", metavar="COLUMN", help="Resample its values (documents) as a whole.")
@click.option("--annotators-vary", is_flag=True, help="Resample people too: a vendor-level claim.")
@click.option("--confidence", type=click.FloatRange(0.5, 0.9999), default=0.95, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the bootstrap.")
@click.option(
    "--detail",
    "details",
    multiple=True,
    type=click.Choice(("classes", "confusions", "annotators", "pairs", "units")),
    help="Also say where (dis)agreement comes from; may be given many times.",
)
@click.option("--compare", is_flag=True, help="Also compare every two slices of --by.")
@click.option(
    "--crosscheck",
    is_flag=True,
    help="Compare alpha with the krippendorff package, and --compare with a permutation test.",
)
@json_option
def agreement(
    data: tuple[str, ...],
    config: Path | None,
    names: tuple[str, ...],
    scale: Scale | None,
    by: str,
    details: tuple[str, ...],
    *,
    compare: bool,
    as_json: bool,
    **choices: object,
) -> int:
    """Measure agreement: any coefficient, by any columns, with parts and interval.

    \b
    Examples:
      labelaudit agreement delivery/ --coefficient all
      labelaudit agreement delivery/ --by vendor --compare --crosscheck
      labelaudit agreement delivery/ --detail confusions --detail annotators
    """
    from labelaudit.contrasts import contrasts
    from labelaudit.details import details as decompose
    from labelaudit.reports import agreement_table
    from labelaudit.tabulating import Request, known, tabulate, within_questions

    columns = tuple(name.strip() for name in by.split(",") if name.strip())
    asked = Request(known(names), columns, **choices)  # type: ignore[arg-type]
    with read_data(data, config, scale=scale) as annotations:
        _say_rejected(annotations)
        request = within_questions(annotations, asked)
        table = agreement_table.Statistics(
            rows=tabulate(annotations, request),
            contrasts=contrasts(annotations, request) if compare else (),
            details=decompose(annotations, request, details),
        )
    show(agreement_table.as_json(table) if as_json else agreement_table.as_text(table))
    if request.crosscheck:
        (say if as_json else show)(agreement_table.crosscheck_line(table.rows))
    return 0


def _say_rejected(annotations: Annotations) -> None:
    """Say that rows do not count, which the table alone would hide."""
    rejected = sum(file.rejected_rows for file in annotations.files)
    rows = sum(file.rows for file in annotations.files)
    if rejected:
        said = "rows are rejected and not counted: labelaudit audit DATA lists them"
        say(f"{rejected:,} of {rows:,} {said}")
