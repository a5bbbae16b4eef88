"""One schema, two routes: pandera on a frame and SQL inside the engine reject the same cells."""

from __future__ import annotations

from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelaudit.annotations import validate
from labelaudit.annotations.validate import answers_view
from labelaudit.engine.answers import answers
from labelaudit.engine.casts import faults
from labelaudit.engine.session import Session
from labelaudit.model import SCALES, Columns, Intake, Question

COLUMNS = Columns(
    "item",
    "who",
    label="label",
    batch="batch",
    duration_s="seconds",
    started_at="start",
    submitted_at="end",
    attempt="attempt",
    annotator_kind="kind",
)
DOMAIN = ("cat", "dog", "3", "NA", "it's", 'say "hi"')
CATEGORIES = ("nominal", "ordinal", "preference")
QUESTIONS = (
    Question("tags", "set", DOMAIN, column="label"),
    *(
        Question(scale, scale, DOMAIN if scale in CATEGORIES else (), column="label")
        for scale in SCALES
    ),
)
ONE_OF_EACH_RULE = tuple(
    one
    for one in QUESTIONS
    if one.question_id in {"nominal", "interval", "ratio", "set", "tags", "text"}
)
LABELS = [
    *DOMAIN, "Cat", " cat", "4", " 4 ", "-1", "0", "-0.0", "4.", ".5", "1e3", "1e400", "1e-400",
    "nan", "inf", "-Infinity", "1_000", "0x10", "\u0663", "\uff11", "4\x0b", "\x1f4", "\u00a04",
    "+5", "--5", "5 5", "1e", "e5", "1,5", "true", "null", "[]", '["a"]', "[NaN]", "[1, 2", "{}",
    '"a"', "[1e999]", '["\\ud800"]', " [] ", "[]x", "[01]", "[1,]", "['a']", "\ufeff[]",
    '["cat"]', '["cat", "cow"]', '["dog", "cat", 3, null, {"b": 1}]', '["Cat", "cat", "Cat"]',
    "[" * 200 + "]" * 200, "x" * 100_001, "e\u0301" * 50_001, "\u00e9", "\U0001f469\u200d", "\n",
]  # fmt: skip
TIMES = [
    "2024-01-05T10:00:00Z", "2024-01-05 10:00:00+02:00", "2024-01-05 10:00:00", "2024-01-05",
    "1999-12-31T23:59:59Z", "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z",
    "2100-01-01T00:00:01Z", "0001-01-01T00:00:00Z", "290000-01-01 00:00:00Z", "infinity",
    "2024-02-30T00:00:00Z", "yesterday", "1700000000", "2024-01-05T10:00:00.123456789Z",
]  # fmt: skip
SECONDS = [
    "1", "0", "-0.0", "-1", "nan", "inf", "-inf", "1e400", "ten", "1_000", " 3 ", "1e5", "1,5",
]  # fmt: skip
ATTEMPTS = ["0", "1", "-1", "1.5", "1.0", "1e1", "99999999999999999999", "first", "1_0", " 1 "]
KINDS = ["human", "Human", "model", "gold", "consensus", "robot", " human"]
NAMES = ["i1", "i2", "", " ", "007", "1e5", "1234567890123456789", "é", "it's"]


def cell(values):
    words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=4)
    return st.one_of(st.none(), st.sampled_from(values), words)


ROW = st.tuples(
    *map(cell, (NAMES, NAMES, LABELS, NAMES, SECONDS, TIMES, TIMES, ATTEMPTS, KINDS)),
)
HEADER = ("item", "who", "label", "batch", "seconds", "start", "end", "attempt", "kind")


def rejected(loaded, rows, questions, **choices):
    """Return the rejected cells by pandera, and by the engine."""
    intake, cells = (
        Intake(**choices),
        {name: [row[at] for row in rows] for at, name in enumerate(HEADER)},
    )
    found = []
    with Session() as session, pytest.MonkeyPatch.context() as patch:
        loaded(session, cells)
        for number, question in enumerate(questions):
            session.view(answers_view(number), answers(COLUMNS, question, intake, ("delivery",)))
        for limit in (len(rows), -1):
            patch.setattr(validate, "FRAME_ROWS", limit)
            casts = faults(COLUMNS, intake)
            validate.validate(session, questions, casts, len(rows))
            found.append(session.rows("select * from rejected order by all"))
    return found


# an example costs the same with one row or fifty, so there are few examples, of many rows
@pytest.mark.parametrize("question", ONE_OF_EACH_RULE, ids=lambda question: question.scale)
@given(rows=st.lists(ROW, min_size=20, max_size=50))
@settings(max_examples=3)
def test_both_routes_reject_the_same_cells_for_the_same_reasons(loaded, question, rows):
    by_frame, by_engine = rejected(loaded, rows, [question])
    assert by_frame == by_engine


def test_hostile_labels_fare_the_same_on_both_routes_on_every_scale(loaded):
    rows = [("i", "w", label, "b", None, None, None, None, None) for label in LABELS]
    by_frame, by_engine = rejected(loaded, rows, QUESTIONS)
    assert by_frame == by_engine


@pytest.mark.parametrize("zone", [None, "Europe/Berlin"])
def test_hostile_casts_fare_the_same_on_both_routes(loaded, zone):
    hostile = zip_longest(SECONDS, TIMES, ATTEMPTS, KINDS)
    rows = [("i", "w", "cat", "b", second, at, at, *other) for second, at, *other in hostile]
    by_frame, by_engine = rejected(loaded, rows, QUESTIONS[1:2], timezone=zone)
    assert by_frame == by_engine
