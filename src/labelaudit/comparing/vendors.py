"""Vendors against each other on the items they share: the only fair comparison of two."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, cast

import numpy as np

from labelaudit.comparing.changing import Votes
from labelaudit.comparing.judging import coefficient_of
from labelaudit.comparing.measuring import agreement_of, gold_of
from labelaudit.comparing.opening import open_run, refuse_same
from labelaudit.comparing.record import VendorDuel, VendorPair
from labelaudit.comparing.rows import NONE, by_question
from labelaudit.comparing.standing import notes, shared_questions
from labelaudit.comparisons import benjamini_hochberg
from labelaudit.errors import InputError
from labelaudit.intervals import gold_accuracy
from labelaudit.runs import read_audit
from labelaudit.scorecards import MAX_VENDORS, MIN_SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from labelaudit.comparing.measuring import Paired
    from labelaudit.comparing.opening import Opened
    from labelaudit.comparing.rows import Rows

SAME = "same-label"
_FEW_LABELS = ("nominal", "ordinal", "set")
TOO_FEW = "too-few-shared-items"
_NAMED = ("the first run", "the second run")


def compare_vendors(runs: Sequence[Path]) -> VendorDuel:
    """Which vendor labels better, on the items that both labeled?

    Parameters
    ----------
    runs
        One run folder of several vendors, or two of a vendor each on the same items. Rows
        without a vendor are taken as one vendor of each of two runs.

    Raises
    ------
    InputError
        If a folder is no whole run of this schema, or fewer than two vendors answered.
    UsageError
        If both are the same audit.

    """
    opened = [open_run(run) for run in runs]
    if len(opened) == 2:
        refuse_same(*opened)
        questions, said = shared_questions(*opened), tuple(notes(*opened))
    else:
        questions, said = opened[0].questions, ()
    pairs = [
        pair
        for rows in by_question(opened, questions)
        for pair in _pairs(_named(rows, opened), opened)
    ]
    if not pairs:
        raise InputError(
            " and ".join(map(str, runs)),
            f"expected answers of 2 to {MAX_VENDORS} vendors",
            next_step="name vendors: vendor = under [columns] or [delivery]",
        )
    return VendorDuel(tuple(run.side for run in opened), tuple(pairs), said)


def are_of_other_vendors(first: Path, second: Path) -> bool:
    """Say whether two runs share no vendor, so that one is no re-audit of the other."""
    sides = [_vendors(read_audit(run)) for run in (first, second)]
    return all(sides) and not sides[0] & sides[1]


def _vendors(document: Mapping[str, object]) -> set[str]:
    batches = cast("Sequence[Mapping[str, Sequence[str]]]", document.get("batches", ()))
    return {vendor for batch in batches for vendor in batch["vendors"]}


def _named(rows: Rows, runs: Sequence[Opened]) -> Rows:
    """Return the rows with a vendor each, that of two runs being the run itself."""
    unnamed = rows.vendor == NONE
    if not unnamed.any():
        return rows
    if len(runs) == 1:
        return rows.select(~unnamed)
    vendor = np.where(unnamed, len(rows.vendors) + rows.side, rows.vendor)
    return replace(rows, vendor=vendor, vendors=(*rows.vendors, *_NAMED))


def _pairs(rows: Rows, runs: Sequence[Opened]) -> Iterator[VendorPair]:
    """Yield every two vendors of a question, measure by measure, adjusted for their number."""
    present = np.unique(rows.vendor).tolist()
    if not 2 <= len(present) <= MAX_VENDORS:
        return
    measure = coefficient_of(runs[-1].records("batches"), rows.question.question_id)
    found = [pair for two in combinations(present, 2) for pair in _compared(rows, *two, measure)]
    for name in dict.fromkeys(pair.measure for pair in found):
        yield from _adjusted([pair for pair in found if pair.measure == name])


def _adjusted(pairs: list[VendorPair]) -> Iterator[VendorPair]:
    tested = [pair.p_value for pair in pairs if pair.p_value is not None]
    adjusted = iter(benjamini_hochberg(np.array(tested)).tolist() if tested else ())
    for pair in pairs:
        yield pair if pair.p_value is None else replace(pair, adjusted_p=next(adjusted))


def _compared(rows: Rows, one: int, other: int, measure: str) -> Iterator[VendorPair]:
    sides = [rows.select(rows.vendor == code) for code in (one, other)]
    shared = sides[0].present() & sides[1].present()
    first, second = (side.select(shared[side.unit]) for side in sides)
    named = rows.question.question_id, rows.vendors[one], rows.vendors[other]
    both = _of_two(first) & _of_two(second)
    if both.sum() < MIN_SHARED:
        yield VendorPair(*named, measure, int(both.sum()), undefined=TOO_FEW)
    else:
        yield _pair(
            named,
            measure,
            agreement_of(first.select(both[first.unit]), second.select(both[second.unit]), measure),
        )
    of_gold = rows.gold[first.unit] != NONE
    if of_gold.any():
        known = shared & (rows.gold != NONE)
        yield _pair(
            named, "gold-accuracy", gold_of(*(side.select(known[side.unit]) for side in sides))
        )
    if rows.scale in _FEW_LABELS:
        yield _same(named, first, second)


def _of_two(rows: Rows) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """(I,) whether at least two people labeled each unit."""
    return np.bincount(rows.unit, minlength=len(rows.items)) >= 2


def _pair(named: tuple[str, str, str], measure: str, found: Paired) -> VendorPair:
    first, second, result = found.first, found.second, found.result
    return VendorPair(
        *named,
        measure=measure,
        shared_units=found.units,
        first_value=first.value,
        first_low=first.low,
        first_high=first.high,
        second_value=second.value,
        second_low=second.low,
        second_high=second.high,
        difference=result.difference,
        low=result.low,
        high=result.high,
        p_value=result.p_value,
        undefined=result.undefined,
    )


def _same(named: tuple[str, str, str], first: Rows, second: Rows) -> VendorPair:
    """Count the units on which both settled, and those on which they settled alike."""
    settled = [Votes.of(side).settled for side in (first, second)]
    both = (settled[0] != NONE) & (settled[1] != NONE)
    alike = int((both & (settled[0] == settled[1])).sum())
    counts = np.array([alike]), np.array([int(both.sum())])
    share = gold_accuracy(*counts, clusters_given=False)
    ends = share.value, share.low, share.high
    undefined = "no-overlap" if share.value is None else None
    return VendorPair(*named, SAME, int(both.sum()), *ends, undefined=undefined)
