"""Small deliveries by people who label as told: material for tests of how people work."""

from __future__ import annotations

import numpy as np

from labelaudit.behaviour import Work, work

LABELS = 3


def truth(units: int) -> np.ndarray:
    """Return the true label of every unit, in no order a person could follow."""
    return (np.arange(units) * 7 % 11) % LABELS


def careful(units: int, people: int, seed: int = 0, mistakes: float = 0.1) -> np.ndarray:
    """Return (U, A) labels by people who err now and then, each on other units."""
    rng = np.random.default_rng(seed)
    wrong = rng.random((units, people)) < mistakes
    shift = rng.integers(1, LABELS, (units, people))
    return (truth(units)[:, None] + wrong * shift) % LABELS


def all_answered(labels: np.ndarray, *, pace=None, gap: float = 5.0) -> Work:
    """Return the work of people who all answer all units, in the order of the units.

    `pace` (U, A) are the seconds an answer took, 20 when omitted.
    """
    units, people = labels.shape
    unit, who = np.divmod(np.arange(units * people), people)
    spent = np.full(labels.shape, 20.0) if pace is None else np.broadcast_to(pace, labels.shape)
    end = np.cumsum(spent + gap, axis=0)
    return work(
        unit,
        who,
        labels.ravel(),
        LABELS,
        n_annotators=people,
        duration=spent.ravel(),
        start=(end - spent).ravel(),
        end=end.ravel(),
    )


def marked(signal, level: float = 0.01) -> list[int]:
    """Return the codes of the people with a p-value at most this."""
    return np.flatnonzero(signal.p <= level).tolist()
