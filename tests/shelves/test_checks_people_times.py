"""When somebody works: pace, busy minutes, long days, overlapping answers, unusable times."""

from __future__ import annotations

import numpy as np
import pytest

from crowds import careful
from deliveries import with_cell
from staff import TIMES, audited, by, config, named, rows

UNITS, PEOPLE = 120, 6
TIMED = config(TIMES)
LABELS = careful(UNITS, PEOPLE)
TIME_CHECKS = ("response-time", "impossible-throughput", "overlapping-work")


def paced(last, usual=20.0):
    """Return the seconds of a staff, the last of whom takes others."""
    pace = np.full((UNITS, PEOPLE), usual)
    pace *= 1 + 0.01 * np.arange(UNITS)[:, None]
    pace[:, -1] = last
    return pace


def moved(given, who, **changes):
    """Return the rows with cells of one person made from the row's place among theirs."""
    own = [row for row in given if row["who"] == who]
    told = {id(row): {key: change(n) for key, change in changes.items()}
            for n, row in enumerate(own)}  # fmt: skip
    return [{**row, **told.get(id(row), {})} for row in given]


def clock(seconds):
    return (
        f"2026-01-06T{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{seconds % 60:06.3f}Z"
    )


@pytest.mark.parametrize("check", [*TIME_CHECKS, "unusable-times"])
def test_nobody_is_named_in_a_steady_staff(tmp_path, check):
    assert by(check, audited(tmp_path, rows(LABELS, pace=paced(22.0)), TIMED)) == []


def test_one_far_faster_than_the_others_is_named(tmp_path):
    findings = audited(tmp_path, rows(LABELS, pace=paced(4.0)), TIMED)
    (found,) = by("response-time", findings)
    assert found.annotator_id == "w06"
    assert found.evidence["median_s"] == 4.0
    assert found.evidence["pace"] < 0.25


def test_more_answers_than_fit_into_ten_minutes_are_named(tmp_path):
    labels = careful(400, PEOPLE)
    pace = np.full((400, PEOPLE), 20.0)
    pace[:, -1] = 0.5
    given = moved(rows(labels, pace=pace), "w06", ended=lambda n: clock(36_000 + n),
                  began=lambda n: clock(35_999.5 + n))  # fmt: skip
    (found,) = by("impossible-throughput", audited(tmp_path, given, TIMED))
    assert found.annotator_id == "w06"
    assert found.message == (
        "more than one person does: 400 answers in the busiest 600 s, at most 300 fit"
    )
    assert len(found.evidence["items"]) == 5


def test_more_hours_than_a_day_has_are_named(tmp_path):
    given = moved(rows(LABELS, pace=paced(20.0)), "w06", spent="1200".format)
    (found,) = by("impossible-throughput", audited(tmp_path, given, TIMED))
    assert found.message.startswith("more than one person has: 40.0 hours of work within 24 hours")


def test_a_shorter_day_can_be_asked_for(tmp_path):
    given = rows(LABELS, pace=400.0)
    strict = config(TIMES, more="[checks.impossible-throughput]\nmax_day_s = 36000\n")
    findings = audited(tmp_path, given, strict)
    assert named("impossible-throughput", findings) == [f"w0{n}" for n in range(1, 7)]


def test_answers_begun_before_the_last_has_ended_are_named(tmp_path):
    given = moved(rows(LABELS, pace=paced(20.0)), "w06", began=lambda n: clock(30_000 + 25 * n),
                  ended=lambda n: clock(30_060 + 25 * n))  # fmt: skip
    (found,) = by("overlapping-work", audited(tmp_path, given, TIMED))
    assert found.annotator_id == "w06"
    assert found.message == (
        "overlapping work: 119 of 119 answers (100%) begin before the one before has ended"
    )


def test_overlap_needs_both_ends(tmp_path):
    only_end = config('submitted_at = "ended"\n')
    (found,) = by("overlapping-work", audited(tmp_path, rows(LABELS), only_end))
    assert found.message == (
        "not testable: no start and end; needs the start and the end of 30 answers,"
        " at moments that differ"
    )


@pytest.mark.parametrize("check", [*TIME_CHECKS, "unusable-times"])
def test_without_times_nothing_can_be_seen(tmp_path, check):
    (found,) = by(check, audited(tmp_path, rows(LABELS), config()))
    assert found.outcome == "unknown"
    assert found.evidence["needs"]


def test_times_belong_to_no_question_where_questions_share_rows(tmp_path):
    wide = TIMED.replace('label = "label"\n', "").replace(
        "[questions.label]\n", '[questions.label]\ncolumn = "label"\n'
    )
    wide += '[questions.twin]\ncolumn = "label"\nlabels = ["ant", "bee", "cow"]\n'
    findings = audited(tmp_path, rows(LABELS, pace=paced(4.0)), wide)
    assert [found.question_id for found in by("response-time", findings)] == [None]


def test_times_that_are_all_equal_say_nothing(tmp_path):
    given = [{**row, "began": clock(1), "ended": clock(9), "spent": "8"} for row in rows(LABELS)]
    said = {
        found.evidence["column"] for found in by("unusable-times", audited(tmp_path, given, TIMED))
    }
    assert said == {"duration_s", "started_at", "submitted_at"}


def test_answers_that_end_before_they_begin_are_counted(tmp_path):
    given = with_cell(rows(LABELS, pace=paced(20.0)), 7, began="2026-01-07T08:00:00Z")
    (found,) = by("unusable-times", audited(tmp_path, given, TIMED))
    assert found.message == "1 answer of 720 end before they begin"
    assert found.evidence["items"] == ["b1-0001"]


def in_milliseconds(given, kind):
    """Return the rows, half of the people those of a vendor or batch that counts otherwise."""
    slow = {"w01", "w02", "w03"}
    return [
        {**row, "vendor": "v1", kind: "long", "spent": f"{float(row['spent']) * 1000}"}
        if row["who"] in slow
        else {**row, "vendor": "v1"}
        for row in given
    ]


@pytest.mark.parametrize("kind", ["vendor", "batch"])
def test_milliseconds_beside_seconds_are_told_and_make_nobody_fast(tmp_path, kind):
    given = in_milliseconds(rows(LABELS, pace=paced(20.0)), kind)
    findings = audited(tmp_path, given, config(TIMES, 'vendor = "vendor"\n'))
    (found,) = by("unusable-times", findings)
    assert f'durations of {kind} "long" are about a thousand times' in found.message
    assert [named(check, findings) for check in TIME_CHECKS] == [[], [], []]
    assert "mixed units" in by("response-time", findings)[0].message


def test_milliseconds_everywhere_are_told_and_give_nobody_an_impossible_day(tmp_path):
    given = rows(LABELS, pace=paced(4.0))
    given = [{**row, "spent": f"{float(row['spent']) * 1000:.0f}"} for row in given]
    findings = audited(tmp_path, given, TIMED)
    (found,) = by("unusable-times", findings)
    assert "hundreds of times what lies between one answer and the next" in found.message
    assert named("impossible-throughput", findings) == []
    assert named("response-time", findings) == ["w06"]  # pace is a ratio, in any unit


def test_half_an_hour_a_unit_is_no_millisecond(tmp_path):
    given = rows(careful(40, PEOPLE), pace=1_800.0 + np.arange(40)[:, None])
    assert by("unusable-times", audited(tmp_path, given, TIMED)) == []


def test_many_durations_of_zero_are_told(tmp_path):
    given = moved(rows(LABELS, pace=paced(20.0)), "w06", spent="0".format)
    (found,) = by("unusable-times", audited(tmp_path, given, TIMED))
    assert found.message == "16.7% of 720 durations are 0, at most 5.0% allowed"
