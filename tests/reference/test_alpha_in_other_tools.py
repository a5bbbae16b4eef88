"""Cases that other implementations of alpha met, with the values their makers settled on.

The example of the encyclopedia article "Krippendorff's alpha" (three coders, 15 units), and
public reports against krippendorff and nltk. Values rounded to 3 where so printed.
"""

from __future__ import annotations

import pytest

from label_tables import by_annotator, by_unit, measured, value

ARTICLE = """
. . . . . 3 4 1 2 1 1 3 3 . 3
1 . 2 1 3 3 4 3 . . . . . . .
. . 2 1 3 4 4 . 2 1 1 3 3 . 4
"""


@pytest.mark.parametrize(
    ("scale", "longer"),
    [
        ("nominal", 0.6913580247),
        ("ordinal", 0.8067214199),
        ("interval", 0.8108448928),
        ("ratio", 0.8089436708),
    ],
)
def test_the_encyclopedia_example(scale, longer):
    alpha = value("krippendorff-alpha", by_annotator(ARTICLE, "1234"), scale)
    assert alpha == pytest.approx(longer, abs=5e-11)


def test_a_missing_label_is_no_label():
    assert value("krippendorff-alpha", by_annotator("1 1 2\n1 1 .\n. 1 2", "12")) == 1.0


def test_only_pairable_labels_count_so_one_category_is_left():
    estimate = measured("krippendorff-alpha", by_unit("11 .2", "12"))
    assert (estimate.value, estimate.undefined) == (None, "one-category")


def test_one_deviating_label_in_twenty_gives_zero():
    data = by_unit("33333 33333 33..3 33331 3.333", "123")
    assert value("krippendorff-alpha", data) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(
    ("coefficient", "expected"),
    [("cohen-kappa", -1.0), ("scott-pi", -1.0), ("krippendorff-alpha", -0.5)],
)
def test_total_disagreement(coefficient, expected):
    assert value(coefficient, by_unit("12 21", "12")) == pytest.approx(expected, abs=1e-12)


def test_mixed_signs_on_a_ratio_scale_are_refused():
    data = by_unit("ab bb cc", "abc")
    estimate = measured(
        "krippendorff-alpha",
        data,
        "ratio",
        values=pytest.importorskip("numpy").array([-1.0, 1.0, 2.0]),
    )
    assert (estimate.value, estimate.undefined) == (None, "negative-on-ratio-scale")
