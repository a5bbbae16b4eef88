"""Below peers, in words: why somebody is named, and what it takes to repair."""

from __future__ import annotations

import numpy as np

from crowds import careful
from staff import audited, by, config, rows

UNITS, PEOPLE = 150, 9
ORDINAL = config().replace('"nominal"', '"ordinal"')
CHECK = "annotator-below-peers"


def mostly_one_label():
    """Return labels of whom one always gives the usual label: where that has nine in ten."""
    rng, people = np.random.default_rng([12, 90, 5]), 12
    truth = rng.choice(3, 300, p=(0.9, 0.05, 0.05))
    knows = rng.random((300, people)) < rng.normal(0.88, 0.05, people).clip(0.7, 0.98)
    labels = np.where(knows, truth[:, None], rng.integers(0, 3, (300, people)))
    labels[:, 0] = 0
    place = rng.random(labels.shape).argsort(axis=1).argsort(axis=1)
    return np.where(place < 4, labels, -1)


def test_whom_competence_alone_points_at_is_told_so_with_both_numbers(tmp_path):
    (found,) = by(CHECK, audited(tmp_path, rows(mostly_one_label()), config()))
    evidence = found.evidence
    assert found.annotator_id == "w01"
    words = f"competence {evidence['competence']:.2f}, usual {evidence['usual_competence']:.2f}"
    assert f"; {words} (MACE)" in found.message
    assert evidence["competence"] < evidence["usual_competence"] - 0.2
    assert ", no less than their agreement among themselves" in found.message
    assert evidence["items"]


def test_whom_agreement_points_at_is_not_told_a_model(tmp_path):
    message = named(tmp_path, guessing, config()).message
    assert " points under their agreement among themselves" in message
    assert "MACE" not in message


def named(tmp_path, last, configuration=ORDINAL):
    labels = careful(UNITS, PEOPLE, mistakes=0.15)
    labels[:, -1] = last(labels[:, -1])
    (found,) = by(CHECK, audited(tmp_path, rows(labels), configuration))
    assert found.annotator_id == "w09"
    return found


def lenient(labels):
    return np.minimum(labels + (np.arange(UNITS) % 10 < 8), 2)


def guessing(labels):
    return np.random.default_rng(3).integers(0, 3, len(labels))


def test_somebody_lenient_is_to_be_recalibrated(tmp_path):
    found = named(tmp_path, lenient)
    assert "; higher than they on " in found.message
    assert found.message.endswith(": recalibrate")
    assert found.evidence["higher"] > 0.4
    assert found.evidence["lower"] < 0.2


def test_somebody_who_guesses_leans_to_no_side(tmp_path):
    found = named(tmp_path, guessing)
    assert "recalibrate" not in found.message
    assert min(found.evidence["higher"], found.evidence["lower"]) > 0.1


def test_names_have_no_sides(tmp_path):
    found = named(tmp_path, guessing, config())
    assert "higher" not in found.evidence
    assert found.evidence["competence"] < found.evidence["usual_competence"] - 0.1


def test_one_answer_to_everything_is_no_leaning(tmp_path):
    found = named(tmp_path, lambda labels: np.full(len(labels), 2))
    assert found.evidence["higher"] > 3 * found.evidence["lower"]
    assert "recalibrate" not in found.message
