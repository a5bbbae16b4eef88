"""The page of the benchmark: goals first, then every ratio."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from itertools import groupby
from typing import TYPE_CHECKING

from bench.agreement.peers import DRAWN
from bench.agreement.results import in_point_estimates, slower

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.agreement.results import Measured, Result

HEAD = """# Agreement against the peers

Written by `python -m bench.agreement_peers`. Every line is two processes on the same data and the
same machine: the peer, and labelaudit from the input named beside it. labelaudit always computes
the value *and* its jackknife interval; a peer computes the value alone, except for irrCAC, which
adds a standard error. Times are CPU seconds: the median of 3 to 15 calls, after a first call on 50
units (so imports are not counted), with one BLAS thread. Memory is the peak above what the process
held before the call. Data: three of fifty annotators per unit, right seven times in ten. A process
may use {memory:.0f} GiB of address space and {seconds} s.

The *way* says what a peer is given. `counts` (units x labels), `wide` (units x 3), `triples` and
vectors are ready before the clock starts. Everything else starts from the long table: `pivot` is
the way of most manuals, `group by` is pandas at its fastest, `by hand` is factorize and bincount
written out for labels that are codes already. `text` means ids and labels as text, in shuffled
order. A ratio above 1 says that labelaudit is faster. No peer has a bootstrap over units; a loop
over krippendorff stands for one, {drawn} replicates of it, multiplied up to 1,000.
"""
TABLE = """
| units | labels | peer, way | labelaudit from | peer s | labelaudit s | ratio | MB | our MB |
| ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |
"""
NAMES = ("numpy", "scipy", "pandas", "krippendorff", "nltk", "statsmodels", "scikit-learn")


def page(results: Sequence[Result], memory: float, seconds: int) -> str:
    """Return the whole page."""
    head = HEAD.format(memory=memory / 2**30, seconds=seconds, drawn=DRAWN)
    parts = [head, _machine(), _goals(results)]
    for job, own in groupby(results, key=lambda result: result.comparison.job):
        parts.append(f"\n## {job}\n{TABLE}" + "".join(_line(result) for result in own))
    return "".join(parts)


def _machine() -> str:
    found = [f"{name} {version}" for name in NAMES if (version := _version(name))]
    return (
        f"\nPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores;"
        f" {', '.join(found)}.\nirrCAC 0.4.4 in an environment of its own: it pins scipy 1.12.\n"
    )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _goals(results: Sequence[Result]) -> str:
    lost, differ = slower(results), [result for result in results if result.same is False]
    ran = [result for result in results if result.ratio is not None]
    lines = [
        f"Never slower than a peer: so in {len(ran) - len(lost)} of {len(ran)} comparisons",
        f"From the long table, krippendorff, 5 labels (goal 10x): {_against(results, 5)}",
        f"From the long table, krippendorff, 100 labels (goal 500x): {_against(results, 100)}",
        f"1,000 replicates in point estimates (goal 10): {_drawn(results)}",
        f"Where both give a number, it is the same to 1e-9 in all but {len(differ)} comparisons",
    ]
    said = "".join(f"- {line}.\n" for line in lines)
    return f"\n## Goals\n\n{said}\nA peer was faster in (units x labels):\n\n{_losses(lost)}"


def _against(results: Sequence[Result], labels: int) -> str:
    """Return the ratios to krippendorff from the long table, by way and size."""
    chosen = [
        result
        for result in results
        if result.ratio is not None
        and (result.comparison.job, result.comparison.labels) == ("alpha", labels)
        and result.comparison.peer == "krippendorff"
        and result.comparison.from_long
    ]
    said = {}
    for result in chosen:
        said.setdefault(result.comparison.way, []).append(f"{result.ratio:,.1f}")
    return "; ".join(f"{way} {', '.join(found)}" for way, found in said.items())


def _drawn(results: Sequence[Result]) -> str:
    found = in_point_estimates(results)
    return "; ".join(f"{units:,} x {labels}: {number:.1f}" for units, labels, number in found)


def _losses(lost: Sequence[Result]) -> str:
    """Return a line per job, peer and way: the ratios of the sizes where the peer was faster."""
    said: dict[str, list[str]] = {}
    for result in lost:
        of = result.comparison
        name = f"{of.job}, {of.peer} ({of.way})"
        said.setdefault(name, []).append(f"{result.ratio:.2f} at {of.units:,} x {of.labels}")
    return "".join(f"- {name}: {', '.join(found)}\n" for name, found in said.items())


def _line(result: Result) -> str:
    of = result.comparison
    ratio = "" if result.ratio is None else f"{result.ratio:,.{1 if result.ratio > 1 else 2}f}x"
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
