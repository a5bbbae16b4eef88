"""The chart of errors over batches: quiet, alarmed, and too short to say; and its series."""

from __future__ import annotations

import pytest

import labelaudit
from batches import GOLD, TIMED, config, crowd
from deliveries import deliver, seen

BASIC = config(TIMED, GOLD)


def course(good, bad, error=0.3, **change):
    """Return many small batches, the last ones with more errors."""
    return [
        row
        for number in range(1, good + bad + 1)
        for row in crowd(
            f"b{number:02}", units=40, day=number, error=error if number > good else 0.1, **change
        )
    ]


def test_a_steady_course_gives_no_finding(tmp_path):
    assert seen(tmp_path, course(20, 0), BASIC, "error-trend") == []


def test_a_rise_is_named_at_the_batch_where_it_shows(tmp_path):
    found = seen(tmp_path, course(14, 6, error=0.5), BASIC, "error-trend")
    assert {f.evidence["of"] for f in found} == {"disagreement", "gold errors"}
    assert all(f.outcome == "breach" and "b15" <= f.batch_id <= "b18" for f in found)
    assert found[0].evidence["rate"] > 2 * found[0].evidence["ordinary_rate"]
    assert found[0].evidence["changed_at"] == "b15"


def test_batches_are_put_in_order_of_time_not_of_name(tmp_path):
    back = {f"b{n:02}": f"b{21 - n:02}" for n in range(1, 21)}
    rows = [{**row, "batch": back[row["batch"]]} for row in course(14, 6)]
    (first, *_) = seen(tmp_path, rows, BASIC, "error-trend")
    assert (first.evidence["order"], first.evidence["changed_at"]) == ("time", "b06")


def test_fifteen_batches_are_too_few_without_a_baseline(tmp_path):
    found = seen(tmp_path, course(15, 0), BASIC, "error-trend")
    assert {f.outcome for f in found} == {"unknown"}
    assert "needs 16 batches with checked labels, or a baseline of 8" in found[0].message


@pytest.mark.parametrize(("count", "outcomes"), [(8, {"breach"}), (7, {"unknown"})])
def test_the_first_batches_can_be_the_ordinary_state(tmp_path, count, outcomes):
    own = config(TIMED, more=f"[drift]\nfirst_batches_count = {count}\n")
    assert {f.outcome for f in seen(tmp_path, course(8, 6), own, "error-trend")} == outcomes


def test_the_series_of_a_question_can_be_drawn(tmp_path):
    data = deliver(tmp_path, course(14, 6), BASIC)
    with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
        (series,) = labelaudit.run(annotations).series
    assert (series.by_time, len(series.points), series.labels[0]) == (True, 20, "cat")
    assert all(abs(sum(point.shares) - 1) < 1e-9 for point in series.points)
    assert all(point.agreement.low < point.agreement.value for point in series.points)
    chart = series.errors[0]
    assert (chart.of, chart.baseline, chart.changes) == ("disagreement", 10, ("b15",))
    assert [mark.alarm for mark in chart.marks] == [m.smoothed > chart.limit for m in chart.marks]
