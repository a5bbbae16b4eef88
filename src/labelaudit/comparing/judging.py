"""Before and after by part and by batch, and what may be concluded from which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from labelaudit.comparing.measuring import ALPHA, GOLD, agreement_of, gold_of, unpaired
from labelaudit.comparing.record import PARTS, Difference, Repair

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from labelaudit.comparing.asking import Request
    from labelaudit.comparing.changing import Changes
    from labelaudit.comparing.measuring import Paired
    from labelaudit.comparing.record import Part
    from labelaudit.comparing.rows import Rows

    Mask = npt.NDArray[np.bool_]

MIN_UNITS = 20
"""Fewer units of a part judge no repair."""
Outcome = Literal["better", "worse", "no-difference-shown", "unknown"]
_JUDGES: Mapping[Part, str] = {
    "fresh": "on items that only the second run has, beside all of the first",
    "not-asked": "on the items not asked for",
}
_OPEN = "a difference cannot be told from chance: too little disagreement or gold"
_SAYS: Mapping[tuple[Part, Outcome], str] = {
    ("fresh", "worse"): "labels are worse, if they were drawn at random",
    ("fresh", "better"): "labels are better, if they were drawn at random",
    ("fresh", "no-difference-shown"): "no difference shows, if they were drawn at random",
    ("fresh", "unknown"): _OPEN,
    ("not-asked", "worse"): "labels got worse: look at what changed without being asked",
    ("not-asked", "better"): "labels got better too: more was done anew than was asked for",
    ("not-asked", "no-difference-shown"): (
        "no difference shows: how good the relabeled ones are is known only once a random sample"
        " of them is labeled afresh, or has gold"
    ),
    ("not-asked", "unknown"): _OPEN,
}
WHY_ASKED = (
    "The asked items alone always improve: they were picked because their answers looked bad,"
    " and chance made part of that. Any second answer looks better on such items, even where"
    " nobody works more carefully, and agreement over all items holds part of that."
    " They are shown, and judge nothing."
)


def differences(changes: Changes, request: Request, coefficient: str) -> Iterator[Difference]:
    """Yield what is measured on each part of the units of both runs, then on each batch."""
    rows = changes.rows
    for part, units in _parts(changes, request).items():
        if not units.any():
            continue
        kept = rows.select(units[rows.unit])
        yield from _both(kept, None, part, coefficient)
    yield from _fresh(changes, coefficient)
    for name, batch in rows.each_batch():
        kept = batch.shared()
        if len(kept.unit):
            yield from _both(kept, name, "all", coefficient)


def _parts(changes: Changes, request: Request) -> Mapping[Part, Mask]:
    """(I,) the units of both runs, by how they were picked."""
    rows, own = changes.rows, changes.rows.question.question_id
    drawn = np.array([(own, item) in request.uniform for item in rows.items], dtype=bool)
    every, asked = changes.shared, changes.asked
    parts = every, every & asked, every & ~asked, every & drawn
    return dict(zip(PARTS[:4], parts, strict=True))


def _fresh(changes: Changes, coefficient: str) -> Iterator[Difference]:
    """Yield what is measured on units that only the second run has, beside all of the first."""
    rows, own = changes.rows, changes.rows.question.question_id
    new = (changes.after.answers > 0) & (changes.before.answers == 0)
    if not new.any():
        return
    before, after = rows.select(rows.side == 0), rows.select(new[rows.unit])
    for measure, found in zip(
        (coefficient, GOLD), unpaired(after, before, coefficient), strict=True
    ):
        if found.units:
            yield _difference((own, None, "fresh", measure), found)


def _both(rows: Rows, batch: str | None, part: Part, coefficient: str) -> Iterator[Difference]:
    before, after = (rows.select(rows.side == side) for side in (0, 1))
    found = agreement_of(after, before, coefficient)
    own = rows.question.question_id
    yield _difference((own, batch, part, coefficient), found)
    if (rows.gold[rows.unit] >= 0).any():
        yield _difference((own, batch, part, GOLD), gold_of(after, before))


def _difference(about: tuple[str, str | None, Part, str], found: Paired) -> Difference:
    after, before, result = found.first, found.second, found.result
    return Difference(
        *about,
        units=found.units,
        before=before.value,
        before_low=before.low,
        before_high=before.high,
        after=after.value,
        after_low=after.low,
        after_high=after.high,
        difference=result.difference,
        low=result.low,
        high=result.high,
        p_value=result.p_value,
        undefined=result.undefined,
    )


def repair(question: str, found: Sequence[Difference], *, asked: bool) -> Repair | None:
    """Conclude from items that nobody picked for looking bad; None where nothing was asked.

    Fresh items tell how good the work now is; else those not asked for whether it was touched.
    """
    if not asked:
        return None
    for part, where in _JUDGES.items():
        told = [one for one in found if one.part == part and one.batch_id is None]
        told = [one for one in told if one.units >= MIN_UNITS and one.difference is not None]
        if told:
            outcome = _outcome(told)
            return Repair(question, part, outcome, f"{where}, {_SAYS[part, outcome]}")
    says = (
        f"fewer than {MIN_UNITS} items are fresh or were left alone: have a fresh random sample"
        " labeled, and compare on it and on gold"
    )
    return Repair(question, None, "unknown", says)


def _outcome(told: Sequence[Difference]) -> Outcome:
    """Return the worst that any measure shows; none shows anything without an interval."""
    if any(one.high is not None and one.high < 0 for one in told):
        return "worse"
    if any(one.low is not None and one.low > 0 for one in told):
        return "better"
    open_ones = [one for one in told if one.low is None and one.difference]
    return "unknown" if len(open_ones) == len(told) else "no-difference-shown"


def coefficient_of(batches: Sequence[Mapping[str, object]], question: str) -> str:
    """Return the coefficient that the policy limits for a question, else alpha."""
    for batch in batches:
        held = batch.get("thresholds", ())
        for one in held if isinstance(held, list) else ():
            if one["question_id"] == question and one["name"] == "min_agreement":
                return str(one["coefficient"])
    return ALPHA
