"""The page of the benchmark: goals first, then every ratio."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from itertools import groupby
from typing import TYPE_CHECKING

from bench.agreement.results import in_point_estimates, ratios, slower

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.agreement.results import Measured, Result

HEAD = """# Agreement against the peers

Written by `python -m bench.agreement_peers`. Every line is two processes on the same data and the same machine: the peer, and labelaudit from the
input named beside it. labelaudit always computes the value *and* its jackknife interval; a peer computes what it can, which is the value alone except
for irrCAC (value and standard error) and statsmodels' Cohen (value). Times are CPU seconds, the median of up to 15 calls after a first call on 50 units
(imports and first calls are not counted), with one BLAS thread. Memory is the peak above what the process held before the call. Data: three of
fifty annotators per unit, right seven times in ten. A process may use {memory:.0f} GiB of address space and {seconds} s.

The *way* of a peer says what its input is and how it is made. `counts` (units x labels), `wide` (units x 3) and `triples` are ready before the clock
starts; everything else starts from the long table: `pivot` is the way of most manuals, `group by` is pandas' fastest, `by hand` is factorize and
bincount written out. `text` has ids and labels as text in shuffled order. A ratio above 1 says that labelaudit is faster.
"""
TABLE = """
| units | labels | peer, way | labelaudit from | peer s | labelaudit s | ratio | peer MB | labelaudit MB |
| ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |
"""


def page(results: Sequence[Result], memory: float, seconds: int) -> str:
    """Return the whole page."""
    parts = [HEAD.format(memory=memory / 2**30, seconds=seconds), _machine(), _goals(results)]
    for job, own in groupby(results, key=lambda result: result.comparison.job):
        parts.append(f"\n## {job}\n{TABLE}" + "".join(_line(result) for result in own))
    return "".join(parts)


def _machine() -> str:
    names = ("numpy", "scipy", "pandas", "krippendorff", "nltk", "statsmodels", "scikit-learn")
    found = [f"{name} {version}" for name in names if (version := _version(name))]
    return (
        f"\nPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores;"
        f" {', '.join(found)}; irrCAC in an environment of its own, since it pins scipy 1.12.\n"
    )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _goals(results: Sequence[Result]) -> str:
    few = ratios(results, lambda c: c.peer == "krippendorff" and c.labels == 5 and c.from_long)
    many = ratios(
        results,
        lambda c: c.peer == "krippendorff" and c.from_long and (c.labels, c.units) == (100, 10_000),
    )
    lost = slower(results)
    differ = [result for result in results if result.same is False]
    drawn = ", ".join(f"{units:,} x {v}: {n:.1f}" for units, v, n in in_point_estimates(results))
    lines = [
        f"Never slower than a peer: {len(results) - len(lost)} of {len(results)} comparisons;"
        f" {_named(lost) or 'none is slower'}",
        f"From the long table, krippendorff, 5 labels (goal 10): {_span(few)}",
        f"From the long table, krippendorff, 100 labels, 10,000 units (goal 500): {_span(many)}",
        f"1,000 replicates cost how many point estimates, by units x labels (goal 10): {drawn}",
        f"Where both give a number it is the same to 1e-9: {_named(differ) or 'everywhere'}",
    ]
    return "\n## Goals\n\n" + "".join(f"- {line}.\n" for line in lines)


def _span(found: list[float]) -> str:
    return f"{found[0]:.1f} to {found[-1]:,.0f}" if found else "not measured"


def _named(found: Sequence[Result]) -> str:
    said = [
        f"{r.comparison.job} against {r.comparison.peer} ({r.comparison.way})"
        f" {r.comparison.units:,} x {r.comparison.labels}"
        for r in found
    ]
    return "slower or different: " * bool(said) + "; ".join(said)


def _line(result: Result) -> str:
    of = result.comparison
    ratio = "" if result.ratio is None else f"{result.ratio:,.1f}x"
    cells = [
        f"{of.units:,}",
        str(of.labels),
        f"{of.peer}, {of.way}",
        of.given,
        _seconds(result.peer),
        _seconds(result.ours),
        ratio,
        _memory(result.peer),
        _memory(result.ours),
    ]
    return f"| {' | '.join(cells)} |\n"


def _seconds(measured: Measured) -> str:
    return (
        f"cannot run: {measured.cannot}" if measured.seconds is None else f"{measured.seconds:.4f}"
    )


def _memory(measured: Measured) -> str:
    return "" if measured.extra_mb is None else f"{measured.extra_mb:,.0f}"
