"""`labelaudit.agreement`: one coefficient from a frame, as anybody's notebook has it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from labelaudit.coding import Coded, Layout, code_counts, code_long, code_wide
from labelaudit.coefficients import COEFFICIENTS, Patterns, Resampling, estimate
from labelaudit.errors import UsageError
from labelaudit.overlap import overlap_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from labelaudit.coefficients import LabelDistance, Values, Weights
    from labelaudit.coefficients.resampling import Method
    from labelaudit.model import Estimate, Scale


def agreement(  # noqa: PLR0913  one flat list of names is what a notebook wants
    data: pd.DataFrame,
    coefficient: str = "krippendorff-alpha",
    *,
    scale: Scale = "nominal",
    domain: Sequence[object] | None = None,
    layout: Layout = "long",
    item: str = "item_id",
    annotator: str = "annotator_id",
    label: str = "label",
    weights: Weights = None,
    distance: LabelDistance = None,
    confidence: float = 0.95,
    method: Method = "jackknife-log",
    cluster: str | None = None,
    annotators_vary: bool = False,
    seed: int | None = None,
) -> Estimate:
    """How far do annotators agree, beyond chance, and how sure is that?

    value = 1 - observed / expected, both disagreements.

    Parameters
    ----------
    data
        Long: one row per label. Wide: one row per unit, one column per annotator. Counts:
        one row per unit, one column per label, whole numbers in the cells.
    coefficient
        A name of `labelaudit explain`, such as "gwet-ac1".
    scale
        How labels are read.
    domain
        The labels a question allows, lowest first on an ordinal scale. Coefficients that
        count categories need it when a rare label may be absent.
    layout
        "long", "wide" or "counts".
    item, annotator, label
        The columns of a long frame.
    weights, distance
        See `labelaudit.coefficients.estimate`.
    confidence
        Of the two-sided interval.
    method
        How the interval is made.
    cluster
        Column of a long frame (document, session) whose values are resampled as a whole.
    annotators_vary
        Resample annotators too: a claim about a vendor, not about the people of this batch.
    seed
        Of the bootstrap.

    Returns
    -------
    Estimate
        Undefined cases carry a reason code and no number. Where annotators fall into groups
        that share no unit (`disconnected-annotators`), `annotator_groups` names them.

    Raises
    ------
    InputError
        If the frame does not hold what the layout promises.
    UsageError
        If the coefficient is unknown, or the choices do not fit together.

    Examples
    --------
    >>> import pandas as pd
    >>> wide = pd.DataFrame({"ann": [1, 2, 3, 3], "ben": [1, 2, 3, 2]})
    >>> result = agreement(wide, scale="ordinal", domain=[1, 2, 3], layout="wide")
    >>> round(result.value, 3), result.units
    (0.79, 4)

    """
    if coefficient not in COEFFICIENTS:
        raise UsageError(
            "coefficient",
            f"{coefficient!r} is unknown",
            next_step=f"one of {', '.join(COEFFICIENTS)}",
        )
    columns = {"item": item, "annotator": annotator, "label": label}
    coded = _coded(data, scale, domain, layout, columns, cluster)
    resampling = Resampling(method, coded.clusters, annotators_vary, seed)
    found = estimate(
        coefficient,
        coded.data,
        scale,
        values=_values(coded, distance),
        weights=weights,
        distance=distance,
        confidence=confidence,
        resampling=resampling,
    )
    return replace(found, annotators=coded.annotators)


def annotator_groups(
    data: pd.DataFrame,
    *,
    layout: Layout = "long",
    item: str = "item_id",
    annotator: str = "annotator_id",
    label: str = "label",
) -> tuple[tuple[str, ...], ...]:
    """Which annotators are linked by units they share, directly or through others?

    Nothing compares people of different groups, so `agreement` gives no value over two
    groups of at least two: measure each by itself, or have units labeled by people of both.

    Returns
    -------
    tuple of groups
        The names of each, the largest group first. An annotator who shares no unit is a
        group of one.

    Raises
    ------
    InputError
        If the frame does not hold what the layout promises.
    UsageError
        If the layout is a table of counts, which does not say who answered.

    Examples
    --------
    >>> import pandas as pd
    >>> wide = pd.DataFrame({"ann": ["a", "b", None], "ben": ["a", "a", None], "eve": "b"})
    >>> wide.loc[:1, "eve"] = None
    >>> annotator_groups(wide, layout="wide")
    (('ann', 'ben'), ('eve',))

    """
    columns = {"item": item, "annotator": annotator, "label": label}
    coded = _coded(data, "nominal", None, layout, columns, None)
    if coded.people is None or isinstance(coded.data, Patterns):
        problem = "a table of counts does not say who answered"
        raise UsageError("layout", problem, next_step="long or wide")
    people = coded.people
    return tuple(tuple(map(people.text, group.tolist())) for group in overlap_groups(coded.data))


def _coded(
    data: pd.DataFrame,
    scale: Scale,
    domain: Sequence[object] | None,
    layout: Layout,
    columns: dict[str, str],
    cluster: str | None,
) -> Coded:
    if cluster is not None and (layout != "long" or cluster not in data.columns):
        raise UsageError(
            "cluster", f"needs a long frame with a column {cluster!r}", next_step='layout="long"'
        )
    if layout == "wide":
        return code_wide(data, scale, domain)
    if layout == "counts":
        return code_counts(data, scale)
    if layout != "long":
        raise UsageError("layout", f"{layout!r} is unknown", next_step="long, wide or counts")
    return code_long(data, scale, domain, columns, cluster)


def _values(coded: Coded, distance: LabelDistance) -> Values:
    """Return what a distance looks at: a function is asked about labels, not about codes."""
    named = callable(distance) and coded.stands_for is None
    return cast("Values", coded.labels) if named else coded.stands_for
