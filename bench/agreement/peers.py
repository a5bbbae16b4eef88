"""What the peers are asked: the value alone, which is all that most of them give.

From a long table a peer needs its own shape first. How that is made is in the name of the
way; the fastest one known is always among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from bench.agreement.data import Codes, Data

    Call = Callable[[], float]

LEVEL = {"alpha": "nominal", "alpha, quadratic": "interval"}
DRAWN = 2  # replicates that a loop really computes; the driver multiplies up to 1,000


def pivoted(frame: pd.DataFrame) -> pd.DataFrame:
    """Items by annotators, as the documentation of most peers has it."""
    return frame.pivot_table(
        index="item_id", columns="annotator_id", values="label", aggfunc="first"
    )


def grouped(frame: pd.DataFrame) -> Codes:
    """Units by labels, by pandas."""
    sizes = frame.groupby(["item_id", "label"]).size()
    return sizes.unstack(fill_value=0).to_numpy()  # noqa: PD010  faster than a pivot table


def coded(frame: pd.DataFrame) -> Codes:
    """Units by labels, by hand: the fastest way there is."""
    import pandas as pd

    unit, units = pd.factorize(frame["item_id"])
    label, labels = pd.factorize(frame["label"], sort=True)
    table = np.bincount(unit * len(labels) + label, minlength=len(units) * len(labels))
    return table.reshape(len(units), len(labels))


def krippendorff(data: Data, job: str, way: str) -> Call:
    """Alpha from counts, from a reliability matrix, or from the long table."""
    from krippendorff import alpha

    if job == "alpha, 1,000 replicates":
        return _loop(data.counts(), alpha)
    level = LEVEL[job]
    if way == "counts":
        table = data.counts()
        return lambda: alpha(value_counts=table, level_of_measurement=level)
    if way == "wide":
        matrix = data.wide().to_numpy().T
        return lambda: alpha(reliability_data=matrix, level_of_measurement=level)
    frame = data.long()
    if way == "pivot":
        return lambda: alpha(
            reliability_data=pivoted(frame).to_numpy().T, level_of_measurement=level
        )
    frame = data.long_text() if way == "text, group by" else frame
    make = coded if way == "counts by hand" else grouped
    return lambda: alpha(value_counts=make(frame), level_of_measurement=level)


def _loop(table: Codes, alpha: Callable[..., float]) -> Call:
    rng = np.random.default_rng(0)

    def few() -> float:
        for _ in range(DRAWN):
            drawn = table[rng.integers(0, len(table), len(table))]
            value = alpha(value_counts=drawn, level_of_measurement="nominal")
        return float(value)

    return few


def nltk(data: Data, job: str, way: str) -> Call:
    """Alpha from triples (annotator, item, label)."""
    from nltk.metrics import interval_distance, masi_distance
    from nltk.metrics.agreement import AnnotationTask

    distances = {"alpha, quadratic": interval_distance, "alpha, MASI sets": masi_distance}
    chosen = {"distance": distances[job]} if job in distances else {}
    frame = data.long_sets() if job == "alpha, MASI sets" else data.long()
    names = ["annotator_id", "item_id", "label"]

    def triples() -> list[tuple[object, object, object]]:
        return list(zip(*(frame[name].tolist() for name in names), strict=True))

    ready = triples() if way == "triples" else None
    return lambda: AnnotationTask(ready or triples(), **chosen).alpha()


def statsmodels(data: Data, job: str, way: str) -> Call:
    """Fleiss' kappa from counts; Cohen's kappa from a two-way table of the labels."""
    from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa, to_table

    if job == "fleiss" and way == "counts":
        table = data.counts()
        return lambda: fleiss_kappa(table)
    if job == "fleiss":
        frame = data.long()
        return lambda: fleiss_kappa((coded if way == "counts by hand" else grouped)(frame))
    kind = {"wt": "quadratic"} if job == "cohen, quadratic" else {}
    columns = data.wide(2).to_numpy()

    def by_hand() -> Codes:
        cell = columns[:, 0] * data.labels + columns[:, 1]
        return np.bincount(cell, minlength=data.labels**2).reshape(data.labels, -1)

    make = by_hand if way == "table by hand" else lambda: to_table(columns)[0]
    return lambda: cohens_kappa(make(), return_results=False, **kind)


def scikit_learn(data: Data, job: str, way: str) -> Call:
    """Cohen's kappa of two vectors."""
    from sklearn.metrics import cohen_kappa_score

    first, second = data.wide(2).to_numpy().T.copy()
    weights = "quadratic" if job == "cohen, quadratic" else None
    return lambda: cohen_kappa_score(first, second, weights=weights)


def irrcac(data: Data, job: str, way: str) -> Call:
    """Alpha or Fleiss' kappa with a standard error, from items by annotators."""
    from irrCAC.raw import CAC

    weights = "quadratic" if job == "alpha, quadratic" else "identity"
    long, wide = (data.long(), None) if way == "pivot" else (None, data.wide())

    def value() -> float:
        table = pivoted(long) if wide is None else wide
        cac = CAC(table, weights=weights, digits=12)
        found = cac.fleiss() if job == "fleiss" else cac.krippendorff()
        return found["est"]["coefficient_value"]

    return value


PEERS: dict[str, Callable[[Data, str, str], Call]] = {
    "krippendorff": krippendorff,
    "nltk": nltk,
    "statsmodels": statsmodels,
    "scikit-learn": scikit_learn,
    "irrCAC": irrcac,
}
