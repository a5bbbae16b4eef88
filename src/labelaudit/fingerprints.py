"""What a batch's numbers rest on, in a few characters: the same counts, the same fingerprint.

A gate spends risk on every look at data it has not seen. Whether it has is told by these:
they depend on what was counted in the batch, not on the order or the format of its rows, nor
on other batches. Equal fingerprints mean equal estimates, so there is nothing new to look at.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from labelaudit.model import NUMERIC_SCALES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.coefficients import IntArray
    from labelaudit.engine.tables import Tally

    Hashes = npt.NDArray[np.uint64]

_LANES = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)
"""Two sums of 64 bits each, so that two batches never meet by chance."""
_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Of one question in one batch: what agreement rests on, what gold does, and all of it."""

    agreement: str
    gold: str
    whole: str


def fingerprints(tally: Tally) -> tuple[Fingerprint, ...]:
    """Return the fingerprint of a question in every batch, in the order of batch codes."""
    lanes = [_lane(tally, np.uint64(start)) for start in _LANES]
    asked = tally.question.question_id
    return tuple(
        Fingerprint(
            agreement=together(asked, *(patterns[code] for patterns, _, _ in lanes)),
            gold=together(asked, *(gold[code] for _, _, gold in lanes)),
            whole=together(asked, *(sums[code] for lane in lanes for sums in lane)),
        )
        for code in range(len(tally.names.batches))
    )


def together(*parts: object) -> str:
    """Return one fingerprint of several, in their order."""
    text = "\n".join(map(str, parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_CHARACTERS]


def _lane(tally: Tally, start: np.uint64) -> tuple[Hashes, Hashes, Hashes]:
    """Return sums over each batch: of its units' patterns, its annotators' labels, its gold."""
    labels, people = _labels(tally, start), _named(tally.names.annotators, start)
    batches, cube, gold = len(tally.names.batches), tally.cube, tally.gold
    answers = _mixed(_mixed(people[cube.annotator]) + labels[cube.label])
    right = _mixed(people[gold.annotator] + _mixed(_unsigned(gold.correct) + start))
    return (
        _patterns(tally, labels, start),
        _summed(answers * _unsigned(cube.count), cube.batch, batches),
        _summed(_mixed(right + _unsigned(gold.answered)), gold.batch, batches),
    )


def _patterns(tally: Tally, labels: Hashes, start: np.uint64) -> Hashes:
    patterns, slices = tally.by_batch.patterns, tally.by_batch.slices
    if not len(slices):
        return np.zeros(len(tally.names.batches), dtype=np.uint64)
    cells = _mixed(labels[patterns.codes] + _unsigned(patterns.counts) * start)
    units = _mixed(np.add.reduceat(cells, patterns.starts)) * _unsigned(patterns.units)
    return _summed(units, slices, len(tally.names.batches))


def _summed(hashes: Hashes, batch: IntArray, batches: int) -> Hashes:
    """Add up by batch, modulo 2^64."""
    sums = np.zeros(batches, dtype=np.uint64)
    np.add.at(sums, batch, hashes)
    return sums


def _labels(tally: Tally, start: np.uint64) -> Hashes:
    """(V + 1,) a hash of each label; the last, at code -1, is that of an answer left empty."""
    labels = tally.names.labels
    if tally.question.scale in NUMERIC_SCALES and isinstance(labels.values, np.ndarray):
        numbers = np.ascontiguousarray(labels.values, dtype=np.float64)
        return np.append(_mixed(numbers.view(np.uint64) + start), start)
    return np.append(_named(labels.names, start), start)


def _named(names: Sequence[str], start: np.uint64) -> Hashes:
    digests = (hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest() for name in names)
    found = np.frombuffer(b"".join(digest[:8] for digest in digests), dtype="<u8")
    return _mixed(found.astype(np.uint64) + start)


def _unsigned(numbers: IntArray) -> Hashes:
    return numbers.astype(np.uint64)


def _mixed(hashes: Hashes) -> Hashes:
    """Scatter 64 bits (the finaliser of SplitMix64: Steele, Lea & Flood 2014)."""
    x = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
