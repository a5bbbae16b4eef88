"""World W3: streams of 60 batches, with a step at the 31st or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bench.drift_worlds.cells import Cell
from labelaudit.drift import change_points, chart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.coefficients import FloatArray, IntArray

BATCHES, BASELINE, STEP_AT = 60, 20, 30
RATE = 0.08
RHOS = (0.0, 0.01, 0.03)
REFERENCE_RUNS, PELT_RUNS = 2_000, 200
ALARM = dict(zip(RHOS, (0.03, 0.06, 0.07), strict=True))
FOUND = {
    1.5: dict(zip(RHOS, (1.0, 0.87, 0.59), strict=True)),
    2.0: dict(zip(RHOS, (1.0, 1.0, 0.96), strict=True)),
}
DELAY = dict(zip(RHOS, (2, 4, 7), strict=True))
PELT_ALARM = dict(zip(RHOS, (0.01, 0.01, 0.0), strict=True))
PELT_FOUND = {
    1.5: dict(zip(RHOS, (0.99, 0.65, 0.22), strict=True)),
    2.0: dict(zip(RHOS, (1.0, 1.0, 0.88), strict=True)),
}
PELT_NEAR = dict(zip(RHOS, (1.0, 0.94, 0.73), strict=True))


@dataclass(frozen=True, slots=True)
class Stream:
    """What the chart and the locator say of one stream."""

    early: bool
    found: bool
    delay: int
    breaks: int
    near: bool


def stream(rho: float, step: float, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """(60,), (60,) errors and checked labels, the rate times `step` from the 31st batch on."""
    checked = rng.integers(50, 401, BATCHES)
    mean = np.where(np.arange(BATCHES) < STEP_AT, RATE, RATE * step)
    rate = mean if rho == 0 else _beta(mean, rho, rng)
    return rng.binomial(checked, rate), checked


def _beta(mean: FloatArray, rho: float, rng: np.random.Generator) -> FloatArray:
    return rng.beta(mean * (1 / rho - 1), (1 - mean) * (1 / rho - 1))


def watch(errors: IntArray, checked: IntArray, *, locate: bool) -> Stream:
    """Chart one stream and, if asked, locate its breaks."""
    alarms = chart(errors, checked, BASELINE).alarms
    first = int(alarms[0]) if len(alarms) else BATCHES
    breaks = change_points(errors / checked).found if locate else ()
    return Stream(
        first < STEP_AT,
        STEP_AT <= first < BATCHES,
        first - STEP_AT + 1,
        len(breaks),
        any(abs(each.position - STEP_AT) <= 3 for each in breaks),
    )


def simulate(
    rho: float, step: float, runs: int, seed: int, *, locate: bool = False
) -> list[Stream]:
    """Return what was said of every stream."""
    rng = np.random.default_rng([seed, round(100 * rho), round(10 * step)])
    return [watch(*stream(rho, step, rng), locate=locate) for _ in range(runs)]


def cells(runs: int) -> Iterator[Cell]:
    """Yield the cells of the chart, with the published ones beside."""
    for rho in RHOS:
        place = f"rho {rho:g}"
        seen = simulate(rho, 1.0, runs, 1)
        alarm = float(np.mean([each.early or each.found for each in seen]))
        what = "any false alarm in 40"
        yield Cell(place, what, alarm, runs, ALARM[rho], REFERENCE_RUNS, alarm=True)
        for step, published in FOUND.items():
            seen = [each for each in simulate(rho, step, runs, 2) if not each.early]
            found = [each for each in seen if each.found]
            share, delay = len(found) / len(seen), np.median([each.delay for each in found])
            what = f"found, step x {step:g} (median delay {delay:.0f}"
            what += f", reference {DELAY[rho]})" if step == 2 else ")"
            yield Cell(place, what, share, len(seen), published[rho], REFERENCE_RUNS)


def locator_cells(runs: int) -> Iterator[Cell]:
    """Yield the cells of the change-point locator, with the published ones beside."""
    for rho in RHOS:
        place = f"rho {rho:g}"
        seen = simulate(rho, 1.0, runs, 3, locate=True)
        share = float(np.mean([each.breaks > 0 for each in seen]))
        what = "a break where there is none"
        yield Cell(place, what, share, runs, PELT_ALARM[rho], PELT_RUNS, alarm=True)
        for step, published in PELT_FOUND.items():
            seen = simulate(rho, step, runs, 4, locate=True)
            share = float(np.mean([each.breaks > 0 for each in seen]))
            yield Cell(place, f"found, step x {step:g}", share, runs, published[rho], PELT_RUNS)
            if step == 2:
                near = float(np.mean([each.near for each in seen]))
                what = "break within 3 batches, step x 2"
                yield Cell(place, what, near, runs, PELT_NEAR[rho], PELT_RUNS)
