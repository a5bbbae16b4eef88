"""Charts show the numbers they are given, say why one is missing, and are drawn the same twice."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from labelaudit.coefficients import estimate, from_counts
from labelaudit.dossier.meetings import Pair
from labelaudit.errors import MissingExtraError
from labelaudit.reports import charts

ROOT = Path(__file__).parents[2]
ROWS = [
    {"share": 0.1, "agreement": 0.9, "who": "north"},
    {"share": 0.5, "agreement": 0.8, "who": "north"},
    {"share": 0.1, "agreement": 0.4, "who": "south"},
]
UNITS = from_counts([[3, 0], [2, 1], [1, 2], [0, 3]], [40, 8, 6, 20])


@pytest.fixture
def figures(monkeypatch):
    """Return the module that makes the figures of the documents."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("figures")


def shown(chart) -> list[dict[str, object]]:
    """Return the rows that the layers of a chart share, or that its first layer draws."""
    specification = chart.to_dict()
    return specification.get("data", specification["layer"][0].get("data"))["values"]


def test_lines_draw_the_rows_they_are_given():
    chart = charts.lines(ROWS, x="share", y="agreement", series="who")
    assert shown(chart) == ROWS


def test_intervals_keep_their_order_and_their_ends():
    alpha = estimate("krippendorff-alpha", UNITS, "nominal")
    rows = shown(charts.intervals({"b": alpha, "a": alpha}))
    assert [row["name"] for row in rows] == ["b", "a"]
    assert (rows[0]["low"], rows[0]["high"]) == (alpha.low, alpha.high)


def test_an_estimate_without_a_value_is_named_with_its_reason():
    kappa = estimate("cohen-kappa", UNITS, "nominal")
    (row,) = shown(charts.intervals({"kappa": kappa}))
    assert (row["name"], row["value"]) == ("kappa (needs-annotators)", None)


def test_the_floor_is_drawn_where_it_lies():
    alpha = estimate("krippendorff-alpha", UNITS, "nominal")
    *_, floor = charts.intervals({"alpha": alpha}, floor=0.667).to_dict()["layer"]
    assert floor["data"]["values"] == [{"floor": 0.667}]


def test_a_picture_is_drawn_the_same_twice_and_follows_the_theme_of_the_reader():
    chart = charts.lines(ROWS, x="share", y="agreement", series="who", title="Two vendors")
    picture = charts.to_svg(chart)
    assert picture == charts.to_svg(chart)
    assert "prefers-color-scheme: dark" in picture
    assert "Two vendors" in picture


@pytest.mark.parametrize(
    ("absent", "draw"),
    [
        ("altair", lambda: charts.lines(ROWS, x="share", y="agreement", series="who")),
        ("altair", lambda: charts.intervals({})),
        ("vl_convert", lambda: charts.to_svg(charts.intervals({}))),
    ],
)
def test_a_missing_package_is_said_with_the_extra_that_brings_it(monkeypatch, absent, draw):
    monkeypatch.setitem(sys.modules, absent, None)
    with pytest.raises(MissingExtraError) as caught:
        draw()
    assert "labelaudit[report]" in caught.value.block()


@pytest.mark.parametrize(
    ("prevalence", "alpha"), [(0.5, 0.740), (0.3, 0.705), (0.1, 0.506), (0.05, 0.351)]
)
def test_alpha_falls_with_prevalence_and_raw_agreement_does_not(figures, prevalence, alpha):
    accuracy = 0.93
    differ = 2 * accuracy * (1 - accuracy)
    given = prevalence * accuracy + (1 - prevalence) * (1 - accuracy)
    found = figures.agreement_at(prevalence, "krippendorff-alpha")
    assert found == pytest.approx(1 - differ / (2 * given * (1 - given)), abs=1e-6)
    assert round(found, 3) == alpha
    assert round(figures.agreement_at(prevalence, "percent-agreement"), 2) == 0.87


def test_an_interval_of_a_table_line_is_a_picture_and_nothing_where_there_is_no_value():
    found = estimate("krippendorff-alpha", UNITS, "nominal")
    assert charts.inline_interval(found, 0.667).startswith("data:image/svg+xml")
    assert charts.inline_interval(replace(found, value=None)) is None


def test_a_chart_for_a_page_leaves_dress_and_width_to_it():
    bare = charts.themed(charts.lines(ROWS, x="share", y="agreement", series="who"))
    assert "title" not in bare["config"]
    assert bare["width"] == "container"


def test_a_matrix_shows_each_pair_on_both_sides_with_its_count():
    rows = shown(charts.matrix([Pair("ann", "ben", 12, 0.75)], ["ann", "ben"]))
    assert [(row["annotator"], row["other"], row["shown"]) for row in rows] == [
        ("ann", "ben", "n 12"),
        ("ben", "ann", "n 12"),
    ]


def test_the_batch_that_a_reader_looks_at_is_marked_by_its_shape():
    found = [replace(estimate("krippendorff-alpha", UNITS, "nominal"), batch_id="b1")]
    layers = charts.agreement_by_batch(found, marked="b1").to_dict()["layer"]
    assert any(layer["mark"].get("shape") == "diamond" for layer in layers)
