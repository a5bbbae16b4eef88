"""Each annotator against the others, against leaving them out by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelaudit.model import Question
from labelaudit.peers import standings

QUESTION = Question("q", "nominal", ("a", "b", "c"))
ANSWERS = st.dictionaries(
    st.tuples(st.integers(0, 12), st.sampled_from("pqrstu")), st.sampled_from("abc"), max_size=50
)


def stand(tallied, answers):
    rows = [(f"i{item}", who, label) for (item, who), label in answers.items()]
    tally = tallied(rows, QUESTION)
    return {found.annotator_id: found for found in standings(tally, tally.names.annotators)}


def left_out(answers):
    """Yield (annotator, share of the others who agree, that share among the others, m)."""
    units = defaultdict(dict)
    for (item, who), label in answers.items():
        units[item][who] = label
    for unit in units.values():
        for who, label in unit.items():
            others = [other for one, other in unit.items() if one != who]
            among = [
                mean(one == other for at, other in enumerate(others) if at != place)
                for place, one in enumerate(others)
                if len(others) > 1
            ]
            if others:
                yield who, mean(other == label for other in others), among, len(unit)


@given(ANSWERS)
@settings(max_examples=30)
def test_peer_agreement_is_the_mean_share_of_the_others_who_agree(tallied, answers):
    by_hand = defaultdict(list)
    for who, share, *_ in left_out(answers):
        by_hand[who].append(share)
    for who, found in stand(tallied, answers).items():
        assert found.agreement.units == len(by_hand[who])
        expected = mean(by_hand[who]) if by_hand[who] else None
        assert found.agreement.value == pytest.approx(expected)


@given(ANSWERS)
@settings(max_examples=30)
def test_excess_is_what_is_left_when_the_others_agreement_is_taken_off(tallied, answers):
    by_hand = defaultdict(list)
    for who, share, among, size in left_out(answers):
        if size >= 3:
            by_hand[who].append(share - mean(among))
    for who, found in stand(tallied, answers).items():
        assert found.units == len(by_hand[who])
        assert found.excess == pytest.approx(mean(by_hand[who]) if by_hand[who] else None)


@given(ANSWERS)
@settings(max_examples=30)
def test_excess_over_everybody_is_zero(tallied, answers):
    weighted = [
        found.excess * found.units for found in stand(tallied, answers).values() if found.units
    ]
    assert sum(weighted) == pytest.approx(0.0, abs=1e-9)


def test_somebody_who_never_shares_a_unit_has_no_peers(tallied):
    found = stand(tallied, {(0, "p"): "a", (1, "q"): "a", (1, "r"): "b"})["p"]
    assert found.agreement.undefined == "no-overlap"
    assert (found.excess, found.excess_se, found.units) == (None, None, 0)


def test_one_unit_has_an_excess_and_no_error_of_it(tallied):
    found = stand(tallied, {(0, "p"): "a", (0, "q"): "b", (0, "r"): "b"})
    assert (found["p"].excess, found["p"].excess_se, found["p"].units) == (-1.0, None, 1)


def test_somebody_who_answers_at_random_stands_below_the_rest(tallied):
    answers = {(item, who): "a" for item in range(60) for who in "pqrs"}
    answers |= {(item, "t"): "abc"[item % 3] for item in range(60)}
    found = stand(tallied, answers)
    lowest = min(found, key=lambda who: found[who].excess)
    assert lowest == "t"
    assert found["t"].excess + 3 * found["t"].excess_se < 0 < found["p"].excess


def test_people_are_called_as_they_are_shown(tallied):
    tally = tallied([("i", "w", "a"), ("i", "v", "a")], QUESTION)
    names = Counter(found.annotator_id for found in standings(tally, ["masked-1", "masked-2"]))
    assert names == {"masked-1": 1, "masked-2": 1}
