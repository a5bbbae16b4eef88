"""The statistician's table: every coefficient with its parts, interval and counts."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from labelaudit.connections import next_step
from labelaudit.reports.json_report import plain
from labelaudit.reports.overlap_lines import overlap_lines
from labelaudit.reports.safe import visible
from labelaudit.reports.summary import interval, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.contrasts import Contrast
    from labelaudit.details import Detail
    from labelaudit.model import Estimate, Scalar
    from labelaudit.tabulating import Row

_COEFFICIENT = "coefficient"
MAX_NAMED = 6
"""How many rows are named beside the reason why they lack a number."""
_UNSHARED = (
    "shared none: compared as independent samples of different items, so a difference may lie"
    " in the items and not in the people"
)
_SLICE_FIELDS = ("question_id", "batch_id", "vendor", "annotator_id")


@dataclass(frozen=True, slots=True)
class Statistics:
    """All that `labelaudit agreement` was asked for."""

    rows: Sequence[Row]
    contrasts: Sequence[Contrast] = ()
    details: Sequence[Detail] = ()


def as_json(found: Statistics) -> str:
    """Return everything as one JSON document."""
    document = {
        "schema_version": "1",
        "rows": [_document(row) for row in found.rows],
        "comparisons": [_flat(contrast) for contrast in found.contrasts],
        "details": [asdict(detail) for detail in found.details],
    }
    return json.dumps(plain(document), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _flat(contrast: Contrast) -> dict[str, object]:
    values = asdict(contrast)
    return {**values, **values.pop("comparison")}


def _document(row: Row) -> dict[str, object]:
    values = asdict(row.estimate)
    question = values["question_id"]
    kept = {name: value for name, value in values.items() if name not in _SLICE_FIELDS}
    more: dict[str, object] = {} if row.opinion is None else {"crosscheck": asdict(row.opinion)}
    if row.overlap.apart:
        more["groups"] = [asdict(group) for group in row.overlap.groups]
        more["next_step"] = next_step(row.overlap, tuple(row.where))
    alone = row.overlap.alone
    more = {"reads": row.reads, "people_alone": alone, **more}
    return {"question_id": question, "slice": row.where, **kept, **more}


def as_text(found: Statistics, width: int = 80) -> str:
    """Return everything as text, a block per question, or per slice where several vary."""
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, highlight=False)
    for title, own in _blocks(found.rows).items():
        _show(console, title, _table(own))
        for reason in dict.fromkeys([*_how(own), *_reasons(own), *overlap_lines(own)]):
            console.print(Padding(Text(reason), (0, 0, 0, 2)))
        console.print()
    for title, table in _contrast_tables(found.contrasts):
        _show(console, title, table)
        if not all(contrast.shared_units for contrast in found.contrasts):
            console.print(Padding(Text(_UNSHARED), (0, 0, 0, 2)))
        console.print()
    for detail in found.details:
        _show(console, f"{detail.question_id}: {detail.what}", _detail_table(detail))
        if detail.left_out:
            console.print(f"  ... and {detail.left_out:,} more")
        if detail.note:
            console.print(Padding(Text(detail.note), (0, 0, 0, 2)))
        console.print()
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).rstrip() + "\n"


def _show(console: Console, title: str, table: Table) -> None:
    console.print(Text(visible(title)))
    console.print(table)


def _plain_table() -> Table:
    return Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)


def _contrast_tables(contrasts: Sequence[Contrast]) -> Iterator[tuple[str, Table]]:
    permuted = ["permuted p"] if any(one.permuted_p is not None for one in contrasts) else []
    for question, name in dict.fromkeys((one.question_id, one.coefficient) for one in contrasts):
        own = [one for one in contrasts if (one.question_id, one.coefficient) == (question, name)]
        table = _plain_table()
        for header in ("first", "second"):
            table.add_column(header, overflow="fold")
        span = f"difference [{own[0].comparison.confidence:.0%}]"
        for header in (span, "p", "adjusted p", "shared", *permuted):
            table.add_column(header, no_wrap=True)
        for one in own:
            cells = [*_contrast_cells(one), *(_p(one.permuted_p) for _ in permuted)]
            table.add_row(*map(Text, cells))
        yield f"{question}: differences of {name}, adjusted for their number", table


def _contrast_cells(contrast: Contrast) -> list[str]:
    found = contrast.comparison
    span = ""
    if found.low is not None and found.high is not None:
        span = f" [{found.low:+z.3f}, {found.high:+z.3f}]"
    value = (
        found.undefined or "-" if found.difference is None else f"{found.difference:+z.3f}{span}"
    )
    return [
        visible(contrast.first),
        visible(contrast.second),
        value,
        _p(found.p_value),
        _p(contrast.adjusted_p),
        f"{contrast.shared_units:,}" if contrast.shared_units else "none",
    ]


def _p(value: float | None) -> str:
    return "-" if value is None else "< .0001" if value < 1e-4 else f"{value:.4f}"


def _detail_table(detail: Detail) -> Table:
    table = _plain_table()
    for header in detail.header:
        table.add_column(header, overflow="fold")
    for row in detail.rows:
        table.add_row(*(Text(visible(_cell(cell))) for cell in row))
    return table


def _cell(cell: Scalar) -> str:
    if cell is None:
        return "-"
    return (
        f"{cell:z.3f}"
        if isinstance(cell, float)
        else f"{cell:,}"
        if isinstance(cell, int)
        else cell
    )


def _blocks(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Group rows so that each table varies in one thing: the slice or the coefficient."""
    single = len({row.estimate.coefficient for row in rows}) == 1
    blocks: dict[str, list[Row]] = {}
    for row in rows:
        found = row.estimate
        title = f"{found.question_id} ({found.scale})"
        if single:
            title += f": {found.coefficient}"
        elif row.where:
            title += ", " + ", ".join(f"{name} {value}" for name, value in row.where.items())
        blocks.setdefault(title, []).append(row)
    return blocks


def _table(rows: Sequence[Row]) -> Table:
    table = _plain_table()
    by = _columns(rows)
    for name in by:
        table.add_column(visible(name), overflow="fold", no_wrap=name == _COEFFICIENT)
    confidence = rows[0].estimate.confidence
    table.add_column(f"value [{confidence:.0%}]", no_wrap=True)
    for name in ("observed", "expected", "units", "people"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in _cells(row, by)))
    return table


def _columns(rows: Sequence[Row]) -> list[str]:
    if len({row.estimate.coefficient for row in rows}) > 1:
        return [_COEFFICIENT]
    return list(rows[0].where) or [_COEFFICIENT]


def _cells(row: Row, by: Sequence[str]) -> list[str]:
    found = row.estimate
    names = [
        found.coefficient if name == _COEFFICIENT else row.where[name] or "(none)" for name in by
    ]
    return [
        *names,
        _value(found),
        _part(found.observed),
        _part(found.expected),
        f"{found.units:,}",
        "-" if found.annotators is None else f"{found.annotators:,}",
    ]


def _value(found: Estimate) -> str:
    if found.value is None or found.low is not None:
        return interval(found)
    return f"{number(found.value)} (no interval)"


def _part(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"


def _reasons(rows: Sequence[Row]) -> list[str]:
    from labelaudit.coefficients import REASONS

    named: dict[str, list[str]] = {}
    for row in rows:
        code = row.estimate.undefined or row.estimate.interval_undefined
        if code in REASONS:
            named.setdefault(str(code), []).append(_cells(row, _columns(rows))[0])
    return [f"{code}{_of_rows(names, rows)}: {REASONS[code]}" for code, names in named.items()]


def _how(rows: Sequence[Row]) -> Iterator[str]:
    """Say how labels were compared, and how intervals were made: names have several meanings."""
    reads: dict[str, list[str]] = {}
    for row in rows:
        reads.setdefault(row.reads, []).append(row.estimate.coefficient)
    named = {read: ", ".join(dict.fromkeys(names)) for read, names in reads.items()}
    said = [read if len(named) == 1 else f"{read} ({names})" for read, names in named.items()]
    methods = sorted({row.estimate.method for row in rows if row.estimate.method})
    yield "; ".join(said) + (f"; intervals: {', '.join(methods)}" if methods else "")


def _of_rows(names: Sequence[str], rows: Sequence[Row]) -> str:
    """Name the rows that a reason is for, where it is not for all."""
    if len(names) == len(rows):
        return ""
    more = len(names) - MAX_NAMED
    left = f" and {more:,} more" if more > 0 else ""
    return f" ({', '.join(map(visible, names[:MAX_NAMED]))}{left})"


def crosscheck_line(rows: Sequence[Row]) -> str:
    """Return the largest difference from the second opinion, and how many were compared."""
    asked = [row for row in rows if row.opinion is not None]
    gaps = [
        abs(row.estimate.value - row.opinion.value)
        for row in asked
        if row.opinion is not None
        and row.opinion.value is not None
        and row.estimate.value is not None
    ]
    skipped = len(asked) - len(gaps)
    if not gaps:
        return f"crosscheck: nothing compared ({skipped} slices left out)"
    left = f"; {skipped} left out" if skipped else ""
    return (
        f"crosscheck: alpha of {len(gaps)} slice(s) against the krippendorff package,"
        f" largest difference {max(gaps):.1e}{left}"
    )
