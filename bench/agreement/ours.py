"""What labelaudit is asked: always the value and its interval, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.agreement.data import Data

ASKED: dict[str, dict[str, object]] = {
    "alpha": {},
    "alpha, quadratic": {"scale": "interval"},
    "alpha, MASI sets": {"scale": "set"},
    "alpha, 1,000 replicates": {"method": "bootstrap-percentile", "seed": 0},
    "fleiss": {"coefficient": "fleiss-kappa"},
    "cohen": {"coefficient": "cohen-kappa"},
    "cohen, quadratic": {
        "coefficient": "cohen-kappa",
        "scale": "interval",
        "weights": "quadratic",
    },
}


def prepare(data: Data, job: str, given: str) -> Callable[[], float]:
    """Return the call to be measured, its input ready."""
    import pandas as pd

    import labelaudit

    layout = "long"
    if given == "counts":
        frame, layout = pd.DataFrame(data.counts()), "counts"
    elif given in {"wide", "two columns"}:
        frame, layout = data.wide(2 if given == "two columns" else 3), "wide"
    else:
        frame = {"long": data.long, "long text": data.long_text, "long sets": data.long_sets}[
            given
        ]()
    return lambda: labelaudit.agreement(frame, layout=layout, **ASKED[job]).value
