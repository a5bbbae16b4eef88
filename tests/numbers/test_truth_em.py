"""Consensus models against the plainest possible computation of the same thing."""

# ruff: noqa: E741  true label k, given label l, as the paper writes them

from __future__ import annotations

import math

import numpy as np
import pytest

from labelaudit.coefficients import ratings
from labelaudit.truth import Limits, dawid_skene, mace, one_coin

EXACT = Limits(tolerance=0.0, max_iterations=5_000)
LABELS = 3


def crowd(seed: int, units: int = 40, people: int = 7):
    """Return ratings by people of mixed skill, with gaps."""
    rng = np.random.default_rng(seed)
    unit, who = np.nonzero(rng.random((units, people)) < 0.7)
    truth, skill = rng.integers(0, LABELS, units), rng.uniform(0.4, 0.95, people)
    right = rng.random(len(unit)) < skill[who]
    label = np.where(right, truth[unit], rng.integers(0, LABELS, len(unit)))
    return ratings(unit, who, label, LABELS)


def by_unit(table):
    """Return {unit: [(annotator, label), ...]}."""
    found: dict[int, list[tuple[int, int]]] = {}
    for unit, who, label in zip(table.unit, table.annotator, table.label, strict=True):
        found.setdefault(int(unit), []).append((int(who), int(label)))
    return found


def shares(weights):
    total = sum(weights)
    return [weight / total for weight in weights]


def vote_shares(answers):
    return shares([sum(label == k for _, label in answers) for k in range(LABELS)])


def plain_dawid_skene(table, rows_of, rounds=3_000):
    """EM in loops; `rows_of` makes the confusion rows of a person from soft counts."""
    units, people = by_unit(table), sorted(set(table.annotator.tolist()))
    truth = {unit: vote_shares(answers) for unit, answers in units.items()}
    for _ in range(rounds):
        prior = [sum(t[k] for t in truth.values()) / len(truth) for k in range(LABELS)]
        counts = {j: [[0.0] * LABELS for _ in range(LABELS)] for j in people}
        for unit, answers in units.items():
            for who, label in answers:
                for k in range(LABELS):
                    counts[who][k][label] += truth[unit][k]
        rows = {j: rows_of(counts[j]) for j in people}
        truth = {
            unit: shares(
                [prior[k] * math.prod(rows[j][k][l] for j, l in answers) for k in range(LABELS)]
            )
            for unit, answers in units.items()
        }
    return np.array([truth[unit] for unit in sorted(truth)])


def free_rows(count):
    smooth = [[0.5 * ((k == l) + 0.25) for l in range(LABELS)] for k in range(LABELS)]
    return [shares([count[k][l] + smooth[k][l] for l in range(LABELS)]) for k in range(LABELS)]


def tied_rows(count):
    right = sum(count[k][k] for k in range(LABELS)) + 0.5 * 1.25
    total = sum(map(sum, count)) + 0.5 * 1.25 + 0.5 * 0.25 * (LABELS - 1)
    share = right / total
    wrong = (1 - share) / (LABELS - 1)
    return [[share if k == l else wrong for l in range(LABELS)] for k in range(LABELS)]


def plain_mace(table, rounds=3_000):
    """EM in loops for a person who knows with theta, and else answers from a habit."""
    units, people = by_unit(table), sorted(set(table.annotator.tolist()))
    theta = dict.fromkeys(people, 0.7)
    habit = {j: [1 / LABELS] * LABELS for j in people}
    for _ in range(rounds):
        truth, knew, blind, given = {}, dict.fromkeys(people, 0.5), {}, dict.fromkeys(people, 1.0)
        blind = {j: [0.5] * LABELS for j in people}
        for unit, answers in units.items():
            chance = [
                math.prod((1 - theta[j]) * habit[j][l] + theta[j] * (l == k) for j, l in answers)
                for k in range(LABELS)
            ]
            truth[unit] = shares(chance)
            for j, l in answers:
                rho = truth[unit][l] * theta[j] / (theta[j] + (1 - theta[j]) * habit[j][l])
                knew[j], given[j] = knew[j] + rho, given[j] + 1
                blind[j][l] += 1 - rho
        theta = {j: knew[j] / given[j] for j in people}
        habit = {j: shares(blind[j]) for j in people}
    return np.array([truth[unit] for unit in sorted(truth)])


@pytest.mark.parametrize("seed", [1, 2])
def test_dawid_skene_is_the_plain_computation(seed):
    table = crowd(seed)
    expected = plain_dawid_skene(table, free_rows, rounds=1_500)
    assert dawid_skene(table, limits=EXACT).posterior == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("seed", [1, 2])
def test_one_coin_is_the_plain_computation(seed):
    table = crowd(seed)
    expected = plain_dawid_skene(table, tied_rows, rounds=1_500)
    assert one_coin(table, limits=EXACT).posterior == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("seed", [1, 2])
def test_mace_is_the_plain_computation(seed):
    table = crowd(seed)
    expected = plain_mace(table, rounds=1_500)
    assert mace(table, limits=EXACT).posterior == pytest.approx(expected, abs=1e-6)
