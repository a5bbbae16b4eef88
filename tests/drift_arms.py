"""Small deliveries for the tests of drift."""

from __future__ import annotations

import numpy as np

from labelaudit.drift import Arms


def arms(
    seed: int = 0,
    *,
    items: tuple[int, int] = (40, 20),
    labels: int = 3,
    people: int = 6,
    newcomers: int = 0,
    per_item: int = 3,
) -> Arms:
    """Return clustered labels of two arms; newcomers, if any, label the whole batch."""
    rng = np.random.default_rng(seed)
    total = sum(items)
    taste = rng.dirichlet(np.ones(labels), total)
    crew = np.argsort(rng.random((total, newcomers or people)), axis=1)[:, :per_item]
    crew[: items[0]] = np.argsort(rng.random((items[0], people)), axis=1)[:, :per_item]
    in_batch = np.repeat(np.arange(total) >= items[0], per_item)
    label = np.array([rng.choice(labels, per_item, p=p) for p in taste]).ravel()
    person = crew.ravel() + people * (in_batch & (newcomers > 0))
    return Arms(in_batch, label, np.repeat(np.arange(total), per_item), person, labels)
