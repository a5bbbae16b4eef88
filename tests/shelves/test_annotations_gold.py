"""Gold, wherever it stands: a column, rows of its own, outside the domain, against itself."""

from __future__ import annotations

import pytest

from labelaudit.model import Columns, Question

PETS = Question("pet", "nominal", ("cat", "dog"))
COLUMN = Columns("item", "who", label="label", batch="batch", gold="gold")
KIND = Columns("item", "who", label="label", batch="batch", annotator_kind="kind")


def delivery(gold, labels=("cat", "dog", "cat", "cat")):
    """Return two people's answers to two items, with a gold column."""
    return {
        "item": ["i", "i", "j", "j"],
        "who": ["w", "v", "w", "v"],
        "label": list(labels),
        "batch": ["b"] * 4,
        "gold": gold,
    }


def scores(annotations):
    (tally,) = annotations.tallies
    who = [tally.names.annotators[code] for code in tally.gold.annotator]
    return dict(zip(who, zip(tally.gold.correct, tally.gold.answered, strict=True), strict=True))


def test_a_gold_column_and_gold_rows_give_the_same(taken):
    column = delivery(["cat", "cat", None, None])
    rows = {name: [*cells, *extra] for (name, cells), extra in zip(
        delivery([None] * 4).items(), (["i"], ["key"], ["cat"], ["b"], [None]), strict=True
    )} | {"kind": [None] * 4 + ["gold"]}  # fmt: skip
    with taken(column, COLUMN, PETS) as one, taken(rows, KIND, PETS) as other:
        assert scores(one) == scores(other) == {"w": (1, 1), "v": (0, 1)}
        listed = [found.to_frame().query("annotator_kind == 'gold'") for found in (one, other)]
        assert [frame["label"].tolist() for frame in listed] == [["cat"], ["cat"]]


def test_gold_that_contradicts_itself_tests_nobody(taken):
    with taken(delivery(["cat", "dog", "cat", None]), COLUMN, PETS) as found:
        (tally,) = found.tallies
        assert (tally.gold_units, tally.gold_conflicts) == (2, 1)
        assert scores(found) == {"w": (1, 1), "v": (1, 1)}


def test_gold_outside_the_domain_is_counted_and_tests_nobody(taken):
    with taken(delivery(["bird", "fish", "bird", None]), COLUMN, PETS) as found:
        (tally,) = found.tallies
        assert (tally.gold_outside, tally.gold_units) == (2, 0)
        assert found.rejections == ()


def test_without_a_declared_domain_gold_widens_it(taken):
    with taken(delivery(["bird", "bird", None, None]), COLUMN, Question("q", "nominal")) as found:
        (tally,) = found.tallies
        assert tally.names.labels.names == ("bird", "cat", "dog")
        assert (tally.gold_outside, scores(found)) == (0, {"w": (0, 1), "v": (0, 1)})


@pytest.mark.parametrize("labels", [(), ("1", "2", "3")])
@pytest.mark.parametrize("scale", ["interval", "ratio"])
def test_gold_numbers_are_held_against_labels_as_numbers(taken, scale, labels):
    cells = delivery(["2.0", "2.0", "about 2", "nan"], ("2", "3", "2", "2.00"))
    with taken(cells, COLUMN, Question("q", scale, labels)) as found:
        assert scores(found) == {"w": (1, 1), "v": (0, 1)}
        assert found.tallies[0].gold_outside == 2


def test_gold_sets_are_held_against_labels_as_sets(taken):
    labels = ('["a", "b"]', '["a"]', "[]", "[]")
    cells = delivery(['["b","a"]', '["b","a"]', "a, b", None], labels)
    with taken(cells, COLUMN, Question("q", "set")) as found:
        assert scores(found) == {"w": (1, 1), "v": (0, 1)}
        assert found.tallies[0].gold_outside == 1


def test_a_gold_set_with_a_member_outside_the_domain_is_unusable(taken):
    cells = delivery(['["a", "z"]', '["a", "z"]', '["a"]', None], ('["a"]', "[]", '["a"]', "[]"))
    with taken(cells, COLUMN, Question("q", "set", ("a", "b"))) as found:
        assert (found.tallies[0].gold_outside, found.rejections) == (1, ())


def test_each_question_has_its_own_gold(taken):
    cells = delivery(["cat", "cat", None, None]) | {"wet": ["y", "n", "y", "y"], "key": ["y"] * 4}
    wet = Question("wet", "nominal", ("y", "n"), column="wet", gold="key")
    pet = Question("pet", "nominal", ("cat", "dog"), column="label", gold="gold")
    with taken(cells, Columns("item", "who", batch="batch"), pet, wet) as found:
        assert [tally.gold_units for tally in found.tallies] == [1, 2]
        assert [tally.gold.correct.sum() for tally in found.tallies] == [1, 3]


def test_gold_of_an_unanswered_row_still_tests_the_others(taken):
    cells = delivery(["cat", None, None, None], (None, "cat", "cat", "cat"))
    with taken(cells, COLUMN, PETS) as found:
        assert scores(found) == {"v": (1, 1)}


def test_a_models_answers_are_neither_gold_nor_people(taken):
    cells = delivery([None] * 4) | {"kind": ["model", "human", "model", "human"]}
    with taken(cells, KIND, PETS) as found:
        (tally,) = found.tallies
        assert (tally.names.annotators, tally.gold_units) == (("v",), 0)
        assert len(found.to_frame()) == 4
