"""Klein (2018), The Stata Journal 18(4), 871-901: 10 units, 5 raters, missing labels.

Conger's kappa with quadratic weights. Two definitions differ where labels are missing: ours
is that of Gwet's packages (.21096), not the one that prints .2737 for these data.
"""

from __future__ import annotations

import pytest

from label_tables import by_unit, value

UNITS = "122.2 11333 33333 11113 11133 12222 11111 22223 13..3 11133"


def test_shares_are_taken_over_all_labels_of_each_annotator():
    kappa = value("conger-kappa", by_unit(UNITS, "123"), "ordinal", weights="quadratic")
    assert kappa == pytest.approx(0.21096, abs=5e-6)
