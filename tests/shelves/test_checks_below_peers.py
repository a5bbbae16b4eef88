"""Below peers, in words: why somebody is named, and what it takes to repair."""

from __future__ import annotations

import numpy as np

from crowds import careful
from staff import audited, by, config, rows

UNITS, PEOPLE = 150, 9
ORDINAL = config().replace('"nominal"', '"ordinal"')
CHECK = "annotator-below-peers"


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
