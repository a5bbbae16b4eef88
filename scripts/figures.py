"""The figures of the documents: what is computed for them, and the charts made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.coefficients import Patterns, estimate, from_counts
from labelaudit.reports.charts import lines

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt

ACCURACY = 0.93
UNITS = 10_000_000
PREVALENCES = (0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
SHOWN = {
    "raw agreement": "percent-agreement",
    "Gwet's AC1": "gwet-ac1",
    "Krippendorff's alpha": "krippendorff-alpha",
}


def two_annotators(prevalence: float, accuracy: float = ACCURACY) -> Patterns:
    """Return what two annotators of this accuracy give, units of a rare and a common label."""
    rare, common = UNITS * prevalence, UNITS * (1 - prevalence)
    both_right, both_wrong = accuracy**2, (1 - accuracy) ** 2
    patterns = [
        rare * both_right + common * both_wrong,
        UNITS * 2 * accuracy * (1 - accuracy),
        rare * both_wrong + common * both_right,
    ]
    return from_counts([[2, 0], [1, 1], [0, 2]], [round(units) for units in patterns])


def agreement_at(prevalence: float, coefficient: str) -> float:
    """Return what a coefficient says of the two annotators."""
    value = estimate(coefficient, two_annotators(prevalence), "nominal").value
    assert value is not None
    return value


def prevalence() -> alt.LayerChart:
    """Draw how agreement moves with prevalence while the annotators stay the same."""
    x, y = "share of units with the rare label", "agreement"
    rows: list[dict[str, float | str]] = [
        {x: share, y: round(agreement_at(share, coefficient), 4), "measure": name}
        for name, coefficient in SHOWN.items()
        for share in PREVALENCES
    ]
    return lines(rows, x=x, y=y, series="measure", title="Two annotators, always 93% accurate")


FIGURES: dict[str, Callable[[], alt.LayerChart]] = {"prevalence": prevalence}
"""File name -> the chart."""
