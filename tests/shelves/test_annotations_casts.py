"""Cells of text become numbers and times, or faults: nothing is read generously."""

from __future__ import annotations

import pandas as pd
import pytest

from labelaudit.model import Columns


def read_as(taken, role, *cells, **choices):
    """Return what each cell was read as, or the reason why its row was rejected."""
    rows = range(2, len(cells) + 2)
    same = {"who": "w", "label": "cat", "batch": "b"}
    table = {"item": [f"i{row}" for row in rows], "given": cells}
    table |= {column: [value for _ in rows] for column, value in same.items()}
    columns = Columns("item", "who", label="label", batch="batch", **{role: "given"})
    with taken(table, columns, **choices) as annotations:
        rejected = annotations.rejected_frame()
        assert set(rejected["column"]) <= {role}
        assert rejected["value"].tolist() == [cells[row - 2] for row in rejected["row"]]
        found = dict(zip(rejected["row"], rejected["reason"], strict=True))
        kept = annotations.to_frame()
    return [{**found, **dict(zip(kept["line"], kept[role], strict=True))}[row] for row in rows]


def test_a_duration_is_read_in_seconds(taken):
    cells = ["1", "0.5", " 3 ", "1e2", "0", "-0.0"]
    assert read_as(taken, "duration_s", *cells) == [1.0, 0.5, 3.0, 100.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("reason", "cells"),
    [
        ("duration-not-a-number", ["ten", "1_000", "1,5", "12s", "0x10"]),
        ("duration-not-finite", ["nan", "inf", "-inf", "1e400"]),
        ("negative-duration", ["-1", "-1e-9"]),
    ],
)
def test_a_bad_duration_rejects_its_row_once(taken, reason, cells):
    assert read_as(taken, "duration_s", *cells) == [reason] * len(cells)


def test_an_attempt_is_a_whole_number(taken):
    assert read_as(taken, "attempt", "0", "2", "+1", "1.0", "007") == [0, 2, 1, 1, 7]


def test_any_other_attempt_rejects_its_row(taken):
    cells = ["1.5", "1_0", "1e1", "first", "99999999999999999999", " 1"]
    assert read_as(taken, "attempt", *cells) == ["attempt-not-a-number"] * len(cells)
    assert read_as(taken, "attempt", "-1") == ["negative-attempt"]


TEN_O_CLOCK = pd.Timestamp("2024-03-05T10:00:00Z")


@pytest.mark.parametrize("zone", [None, "Asia/Tokyo"])
def test_a_time_with_a_zone_is_an_instant(taken, zone):
    cells = [
        "2024-03-05T10:00:00Z",
        "2024-03-05 10:00:00+00:00",
        "2024-03-05 12:00:00+02",
        "2024-03-05 12:00+0200",
        "2024-03-05T05:00:00.000-05:00",
        "2024-03-05 10:00:00 UTC",
        "2024-03-05 11:00:00 +0100",
    ]
    assert read_as(taken, "submitted_at", *cells, timezone=zone) == [TEN_O_CLOCK] * len(cells)


def test_a_time_without_a_zone_needs_a_declared_one(taken):
    cells, zone = ["2024-03-05 10:00:00", "2024-03-05", "2024-07-05T10:00"], "Europe/Berlin"
    assert read_as(taken, "started_at", *cells) == ["time-without-zone"] * 3
    instants = [pd.Timestamp(cell, tz=zone) for cell in cells]
    assert read_as(taken, "started_at", *cells, timezone=zone) == instants


@pytest.mark.parametrize("zone", [None, "UTC"])
def test_what_is_no_time_rejects_its_row(taken, zone):
    cells = ["yesterday", "now", "2024-02-30T00:00:00Z", "5", "12:00", "Z", "infinity"]
    reasons = read_as(taken, "started_at", *cells, timezone=zone)
    assert reasons == ["time-not-readable"] * len(cells)


def test_a_time_in_another_century_rejects_its_row(taken):
    cells = ["1999-12-31T23:59:59Z", "2100-01-01T00:00:01Z", "9999-12-31T00:00:00Z"]
    assert read_as(taken, "started_at", *cells) == ["time-out-of-range"] * 3


@pytest.mark.parametrize(
    ("name", "seconds"), [("epoch-s", "1709632800"), ("epoch-ms", "1709632800000")]
)
def test_epochs_are_instants(taken, name, seconds):
    cells = [seconds, f"{seconds}.0", "1e30", "-1e30", "nan", "inf", "1_7", "2024-03-05"]
    found = read_as(taken, "submitted_at", *cells, time_format=name)
    assert found == [TEN_O_CLOCK] * 2 + ["time-not-readable"] * 6


def test_a_time_format_is_read_in_the_declared_zone(taken):
    cells, choices = ["05.03.2024 11:00", "5/3/2024"], {"time_format": "%d.%m.%Y %H:%M"}
    assert read_as(taken, "submitted_at", *cells, timezone="Europe/Berlin", **choices) == [
        TEN_O_CLOCK,
        "time-not-readable",
    ]
    assert read_as(taken, "submitted_at", *cells, **choices) == [
        "time-without-zone",
        "time-not-readable",
    ]


@pytest.mark.parametrize("zone", [None, "Asia/Tokyo"])
def test_a_time_format_with_a_zone_needs_no_declared_one(taken, zone):
    choices = {"time_format": "%d.%m.%Y %H:%M %z", "timezone": zone}
    assert read_as(taken, "submitted_at", "05.03.2024 12:00 +0200", **choices) == [TEN_O_CLOCK]


@pytest.mark.parametrize("role", ["duration_s", "started_at", "attempt"])
def test_an_empty_cell_is_no_fault(taken, role):
    (value,) = read_as(taken, role, None)
    assert value == 0 if role == "attempt" else pd.isna(value)
