"""`labelaudit.agreement` on the frames that people have, and on those that trap others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from labelaudit import InputError, UsageError, agreement

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE = pd.DataFrame({"ann": ["a", "a", "b", "b"], "ben": ["a", "b", "b", "b"]})


def long(rows: Sequence[tuple[object, object, object]]) -> pd.DataFrame:
    """Make a long frame that keeps every cell as it is."""
    return pd.DataFrame(rows, columns=["item_id", "annotator_id", "label"], dtype=object)


def test_long_wide_and_counts_give_the_same_number() -> None:
    """The three layouts are one table."""
    rows = [(unit, who, WIDE.loc[unit, who]) for unit in WIDE.index for who in WIDE.columns]
    counts = pd.DataFrame({"a": [2, 1, 0, 0], "b": [0, 1, 2, 2]})
    values = [
        agreement(long(rows)).value,
        agreement(WIDE, layout="wide").value,
        agreement(counts, layout="counts").value,
    ]
    assert values == [pytest.approx(0.5333333333)] * 3


def test_alpha_of_a_wide_frame_equals_the_krippendorff_package() -> None:
    """Numbers with gaps, as pandas holds them: floats with NaN."""
    krippendorff = pytest.importorskip("krippendorff")
    wide = pd.DataFrame({"a": [1, 2, 3, 3], "b": [1, 2, np.nan, 2], "c": [1, 3, 3, np.nan]})
    theirs = krippendorff.alpha(wide.T.to_numpy(), level_of_measurement="interval")
    ours = agreement(wide, scale="interval", layout="wide").value
    assert ours == pytest.approx(theirs, abs=1e-12)


def test_the_text_nan_is_a_label_and_none_is_missing() -> None:
    """Other packages drop the text or count the gap."""
    rows = [(1, "x", "nan"), (1, "y", "nan"), (2, "x", "b"), (2, "y", "b"), (3, "x", None)]
    result = agreement(long([*rows, (3, "y", "b")]))
    assert (result.value, result.units, result.annotations) == (1.0, 2, 4)


def test_boolean_labels_are_two_categories() -> None:
    """True and False need no recoding."""
    wide = pd.DataFrame({"a": [True, True, False], "b": [True, False, False]})
    assert agreement(wide, layout="wide").value == pytest.approx(0.4444444444)


def test_ids_of_mixed_kinds_are_text() -> None:
    """An id is a name: 7 and "7" are the same item, and nothing fails to sort."""
    rows = [(7, 1, "a"), ("7", "one", "a"), ("x", 1, "b"), ("x", "one", "b")]
    assert agreement(long(rows)).units == 2


def test_an_annotator_twice_on_an_item_is_refused_by_name() -> None:
    """Counting both would inflate agreement; keeping one in silence would hide it."""
    with pytest.raises(InputError) as caught:
        agreement(long([("i", "x", "a"), ("i", "x", "b"), ("i", "y", "a")]))
    assert "item i, annotator x" in caught.value.block()


def test_a_label_outside_the_domain_is_refused() -> None:
    """A typo must not become a category of its own."""
    with pytest.raises(InputError, match="domain"):
        agreement(WIDE, layout="wide", domain=["a", "c"])


def test_ordinal_words_need_their_order() -> None:
    """Sorting strings would give another number without a word."""
    with pytest.raises(UsageError, match="order"):
        agreement(WIDE, layout="wide", scale="ordinal")


def test_ordinal_numbers_out_of_order_are_refused() -> None:
    """A domain of numbers can be checked, so it is."""
    wide = pd.DataFrame({"a": [1, 2, 3], "b": [1, 3, 3]})
    with pytest.raises(UsageError, match="rising"):
        agreement(wide, layout="wide", scale="ordinal", domain=[1, 3, 2])


def test_the_order_of_an_ordinal_domain_changes_the_number() -> None:
    """The domain decides which labels are near, not the alphabet."""
    wide = pd.DataFrame({"a": ["low", "mid", "top", "low"], "b": ["low", "top", "top", "mid"]})
    right = agreement(wide, layout="wide", scale="ordinal", domain=["low", "mid", "top"]).value
    wrong = agreement(wide, layout="wide", scale="ordinal", domain=["low", "top", "mid"]).value
    assert right != pytest.approx(wrong)


def test_negative_ratio_data_have_a_reason_and_no_number() -> None:
    """-1 against 1 would count as equal."""
    wide = pd.DataFrame({"a": [-1, 1, 2], "b": [1, 1, 2]})
    result = agreement(wide, layout="wide", scale="ratio")
    assert (result.value, result.undefined) == (None, "negative-on-ratio-scale")


def test_words_on_an_interval_scale_are_refused() -> None:
    """A label that is no number cannot be read."""
    with pytest.raises(InputError, match="finite numbers"):
        agreement(WIDE, layout="wide", scale="interval")


def test_sets_may_be_sets_lists_or_json() -> None:
    """Empty against empty agrees; order inside a set means nothing."""
    rows = [
        (1, "x", {"a", "b"}), (1, "y", '["b", "a"]'),
        (2, "x", []), (2, "y", frozenset()),
        (3, "x", ["a"]), (3, "y", ["a", "b"]),
    ]  # fmt: skip
    result = agreement(long(rows), scale="set")
    assert result.observed == pytest.approx((2 * (1 - 1 / 2 * 2 / 3)) / 6)


def test_a_large_offset_loses_no_digit() -> None:
    """Interval alpha does not change when a constant is added."""
    small = pd.DataFrame({"a": [0.0, 1.0, 2.0, 4.0], "b": [0.0, 2.0, 2.0, 3.0]})
    near = agreement(small, layout="wide", scale="interval").value
    far = agreement(small + 1e12, layout="wide", scale="interval").value
    assert far == pytest.approx(near, abs=1e-12)


def test_clusters_must_hold_whole_items() -> None:
    """An item in two documents is a mistake in the frame."""
    frame = long([(1, "x", "a"), (1, "y", "a"), (2, "x", "b"), (2, "y", "a")])
    frame["document"] = ["d1", "d2", "d1", "d1"]
    with pytest.raises(InputError, match="more than one document"):
        agreement(frame, cluster="document")


def test_resampling_documents_is_said_in_the_method() -> None:
    """An estimate states what was resampled."""
    rng = np.random.default_rng(0)
    rows = [(u, who, rng.choice(["a", "b"])) for u in range(40) for who in "xyz"]
    frame = long(rows)
    frame["document"] = [u // 4 for u, _, _ in rows]
    assert agreement(frame, cluster="document").method == "jackknife-log-clusters"


def test_a_frame_is_not_changed() -> None:
    """Inputs are never mutated."""
    before = WIDE.copy()
    agreement(WIDE, layout="wide")
    pd.testing.assert_frame_equal(WIDE, before)


def test_a_missing_column_is_named() -> None:
    """The error says which column is absent and which are there."""
    with pytest.raises(InputError, match="'nothing'"):
        agreement(long([(1, "x", "a")]), item="nothing")
    with pytest.raises(InputError, match="'nothing'"):
        agreement(long([(1, "x", "a")]), label="nothing")


def test_counts_must_be_whole_numbers() -> None:
    """Half an answer is a mistake in the table."""
    with pytest.raises(InputError, match="whole"):
        agreement(pd.DataFrame({"a": [1.5], "b": [1]}), layout="counts")


def test_an_unknown_coefficient_lists_the_known_ones() -> None:
    """The error is a menu."""
    with pytest.raises(UsageError) as caught:
        agreement(WIDE, "kappa", layout="wide")
    assert "cohen-kappa" in caught.value.block()
