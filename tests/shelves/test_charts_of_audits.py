"""Charts of an audit: they draw what they are given, and say nothing by colour alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelaudit import charts
from labelaudit.annotators import Annotator
from labelaudit.model import Estimate
from labelaudit.queue import Item
from labelaudit.scorecards import ConfusedPair, VendorComparison

ANN = Annotator("ann", "q", 9, 0.9, 0.6, 1.0, 40, 0.8, 0.7, 0.9, 0.0, 0.02, 40)
BEN = replace(ANN, annotator_id="ben", peer_agreement=0.3, flagged_by=("annotator-below-peers",))
NEW = replace(ANN, annotator_id="new", peer_agreement=None, gold_accuracy=None)
ITEM = Item(
    "q", "i1", "b", None, 1, 0.5, 1.0, "tied", None, 0.5, "1 x cat, 1 x dog", None, "risk", True,
    1.0, 2, 0.2,
)  # fmt: skip
PAIR = VendorComparison("q", "north", "south", 80, 0.8, 0.6, 0.2, 0.1, 0.3, 0.001)
SHARES = {"b1": {"cat": 0.95, "dog": 0.05}, "b2": {"cat": 0.4, "dog": 0.6}}
LEVELS = {"b1": 0.5, "b2": 0.9, "b3": 0.1}
PLAIN = {
    "annotators": lambda: charts.annotators([ANN, BEN]),
    "vendors": lambda: charts.vendors([PAIR]),
    "confusion": lambda: charts.confusion([ConfusedPair("q", "cat", "dog", 9, 1.0)]),
    "agreement": lambda: charts.agreement_by_batch([estimate("b1", 0.5)], floor=0.6),
    "shares": lambda: charts.label_shares(SHARES),
    "control": lambda: charts.control_chart(LEVELS, centre=0.5, upper=0.8, changes=["b2"]),
    "risk": lambda: charts.item_risk([ITEM]),
}
EMPTY = {
    "annotators": lambda: charts.annotators([]),
    "vendors": lambda: charts.vendors([]),
    "confusion": lambda: charts.confusion([]),
    "agreement": lambda: charts.agreement_by_batch([]),
    "shares": lambda: charts.label_shares({}),
    "control": lambda: charts.control_chart({}, centre=0.5),
    "risk": lambda: charts.item_risk([]),
}


def estimate(batch, value):
    return Estimate("alpha", "nominal", value, 0.1, 0.9, batch_id=batch)


def rows(chart, layer=0) -> list[dict[str, object]]:
    specification = chart.to_dict()
    own = specification["layer"][layer].get("data")
    return (own or specification["data"])["values"]


@pytest.mark.parametrize("name", PLAIN)
def test_a_chart_can_be_had_as_a_picture_the_same_twice(name):
    assert charts.to_svg(PLAIN[name]()) == charts.to_svg(PLAIN[name]())


@pytest.mark.parametrize("name", EMPTY)
def test_a_chart_of_nothing_can_be_drawn(name):
    assert "<svg" in charts.to_svg(EMPTY[name]())


def test_people_stand_lowest_first_and_unknown_rates_are_left_out():
    shown = rows(charts.annotators([ANN, BEN, NEW]))
    assert [(row["annotator"], row["value"]) for row in shown] == [("ben", 0.3), ("ann", 0.8)]


def test_flagged_people_are_shown_first_and_the_rest_is_counted():
    flagged = replace(BEN, peer_agreement=0.99)
    chart = charts.annotators([ANN, flagged], most=1, title="Who")
    assert [row["annotator"] for row in rows(chart)] == ["ben"]
    assert chart.to_dict()["title"] == "Who (1 more not shown)"


@pytest.mark.parametrize("name", ["annotators", "control", "risk"])
def test_a_mark_differs_by_shape_as_well_as_by_colour(name):
    layers = PLAIN[name]().to_dict()["layer"]
    marks = [layer["encoding"] for layer in layers if "shape" in layer.get("encoding", {})]
    assert all(mark["shape"]["field"] == mark["color"]["field"] for mark in marks)
    assert marks


def test_vendors_that_could_not_be_compared_are_named_with_the_reason():
    apart = VendorComparison("q", "north", "east", 3, undefined="too-few-shared-items")
    assert rows(charts.vendors([apart]))[0]["pair"] == "q: north - east (too-few-shared-items)"


def test_confusion_is_a_square_with_its_shares_written():
    chart = charts.confusion([ConfusedPair("q", "cat", "dog", 9, 0.7)])
    cells = {(row["label"], row["other"]): row["share"] for row in rows(chart)}
    assert cells == {("cat", "dog"): 0.7, ("dog", "cat"): 0.7}
    assert ">70%<" in charts.to_svg(chart)


def test_a_batch_without_a_value_is_left_out():
    chart = charts.agreement_by_batch([estimate("b1", 0.5), estimate("b2", None)])
    assert [row["batch"] for row in rows(chart)] == ["b1"]


def test_large_shares_have_their_label_written_in():
    shown = {
        (row["batch"], row["label"]): row["shown"] for row in rows(charts.label_shares(SHARES))
    }
    assert shown["b1", "cat"] == "cat"
    assert shown["b1", "dog"] == ""


@pytest.mark.parametrize(
    ("limits", "outside"),
    [
        ({"upper": 0.8}, ["b2"]),
        ({"lower": 0.2, "upper": 0.8}, ["b2", "b3"]),
        ({"upper": [0.4, 1.0, 1.0]}, ["b1"]),
        ({}, []),
    ],
    ids=["above", "both", "one for each", "none"],
)
def test_batches_outside_the_limits_are_marked(limits, outside):
    shown = rows(charts.control_chart(LEVELS, centre=0.5, **limits))
    assert [row["batch"] for row in shown if row["state"] == "outside"] == outside


def test_a_change_point_is_named():
    assert ">change<" in charts.to_svg(PLAIN["control"]())


def test_items_of_unknown_risk_are_not_drawn():
    assert rows(charts.item_risk([replace(ITEM, risk=None)])) == []
