"""The tables of the page, each cell beside the published one."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from bench.gate import published
from bench.gate.cells import Cell, gold, gold_topped_up, one_look, topped_up
from bench.gate.worlds import BALANCED, SKEWED, Gold, Items

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from multiprocessing.pool import Pool

SIZES = (50, 100, 300, 1000)
TRUE = (0.60, 0.6669, 0.70, 0.75, 0.80, 0.97, 1.0)
DESIGNS = tuple(product((BALANCED, SKEWED), (2, 3)))
_HEAD_ONE = ("design", "items", "true alpha", "point gate", "point gate at target",
             "pass", "fail", "inconclusive", "hard flips", "first of four looks")  # fmt: skip
_RULES = {
    "point": "point gate at n*/3",
    "again": "bound used again at each look",
    "spending": "the gate: risk spent over looks",
    "once": "one look at n*",
    "whole": "the gate, delivered whole at n*",
}


def one_look_table(pool: Pool, runs: int) -> str:
    """One look at the full level: pass, fail, and what a point gate does."""
    asked = [
        (Items(prior, m, alpha), n, runs)
        for (prior, m), n, alpha in product(DESIGNS, SIZES, TRUE)
        if alpha in {0.6669, 0.80, 0.97, 1.0} or (prior, m, n, alpha) in published.ONE_LOOK
    ]
    rows = []
    for cell in pool.starmap(one_look, asked, chunksize=1):
        assert isinstance(cell.world, Items)
        shares, world = cell.shares, cell.world
        key = (world.prior, world.ratings, cell.size, world.alpha)
        known = published.ONE_LOOK.get(key, (None, None, None))
        beside = dict(zip(("point", "pass", "fail"), known, strict=True))
        rows.append(
            (
                world.name, f"{cell.size:,}", f"{world.alpha:g}",
                *(_share(shares[name], beside.get(name)) for name in
                  ("point", "point at target", "pass", "fail", "inconclusive")),
                f"{2 * shares['pass'] * shares['fail']:.4f}",
                _share(shares["first look"]),
            )
        )  # fmt: skip
    return table(_HEAD_ONE, rows)


def top_up_table(pool: Pool, runs: int) -> str:
    """Top-ups through four looks: accepted at each true alpha, and the items it takes."""
    asked = [
        (Items(prior, m, alpha), published.PLANS[prior, m], runs)
        for (prior, m), alpha in product(DESIGNS, published.ALPHAS)
    ]
    found = pool.starmap(topped_up, asked, chunksize=1)
    rows = []
    for at, (prior, m) in enumerate(DESIGNS):
        cells = found[at * len(published.ALPHAS) : (at + 1) * len(published.ALPHAS)]
        for rule, name in _RULES.items():
            known, items = published.TOP_UPS[prior, m].get(rule, ((None,) * 5, None))
            shares = (_share(cell.shares[rule], one)
                      for cell, one in zip(cells, known, strict=True))  # fmt: skip
            mean = cells[3].shares.get(f"items {rule}")
            beside = "" if items is None else f" ({items})"
            size = "-" if mean is None else f"{mean:.0f}{beside}"
            design = f"{Items(prior, m, 0).name}, n* {published.PLANS[prior, m]}"
            rows.append((design, name, *shares, size))
    head = ("design", "rule", *(f"{alpha:g}" for alpha in published.ALPHAS), "mean items at .80")
    return table(head, rows)


def gold_table(pool: Pool, runs: int) -> str:
    """Gold whose errors come by annotator: accepted at the floor of .90."""
    asked = [(Gold(people, rho, 0.90), n, runs) for people, n, rho in published.GOLD]
    rows = []
    for cell, known in zip(
        pool.starmap(gold, asked, chunksize=1), published.GOLD.values(), strict=True
    ):
        names = ("point", "independent", "pass")
        shares = (_share(cell.shares[name], one, 3)
                  for name, one in zip(names, known, strict=True))  # fmt: skip
        rows.append((*_design(cell), *shares, _share(cell.shares["fail"], None, 3)))
    rules = ("point gate", "answers as independent", "the gate", "fails")
    head = ("annotators", "answers", "rho", *rules)
    return table(head, rows)


def gold_power_table(pool: Pool, runs: int) -> str:
    """Gold at a true accuracy of .97: the chance to pass."""
    asked = [(Gold(people, rho, 0.97), n, runs) for people, n, rho in published.GOLD_POWER]
    cells = pool.starmap(gold, asked, chunksize=1)
    rows = [
        (*_design(cell), _share(cell.shares["pass"], known))
        for cell, known in zip(cells, published.GOLD_POWER.values(), strict=True)
    ]
    return table(("annotators", "answers", "rho", "pass"), rows)


def gold_top_up_table(pool: Pool, runs: int) -> str:
    """Gold that is topped up through four looks, at the floor and at the target."""
    worlds = product(((12, 0.0, 300), (12, 0.03, 600), (30, 0.03, 400)), (0.90, 0.95, 0.97))
    asked = [(Gold(people, rho, p), n, runs) for (people, rho, n), p in worlds]
    rows = []
    for cell in pool.starmap(gold_topped_up, asked, chunksize=1):
        assert isinstance(cell.world, Gold)
        shares = (_share(cell.shares[name], None, 3) for name in ("again", "spending"))
        rows.append((*_design(cell), f"{cell.world.accuracy:g}", *shares))
    head = ("annotators", "answers planned", "rho", "true accuracy", "bound used again", "the gate")
    return table(head, rows)


def _design(cell: Cell) -> tuple[str, str, str]:
    assert isinstance(cell.world, Gold)
    return f"{cell.world.annotators}", f"{cell.size:,}", f"{cell.world.rho:g}"


def _share(share: float, known: float | None = None, digits: int = 3) -> str:
    beside = "" if known is None else f" ({known:g})"
    return f"{share:.{digits}f}{beside}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def error(share: float, runs: int) -> float:
    """Return the standard error of a share."""
    return math.sqrt(share * (1 - share) / runs)
