"""The course of a question: which batches may be left out of a baseline."""

from __future__ import annotations

import pytest

import labelaudit
from batches import config, crowd, usual
from deliveries import deliver
from labelaudit.conduct import Floors, conducts
from labelaudit.drifting import courses
from labelaudit.measure import measure
from labelaudit.settings import Drift


@pytest.fixture
def course(tmp_path):
    rows = usual(4, units=12) + crowd("c1", units=12, vendor="v2")
    rows += crowd("c2", units=12, vendor="v2") + crowd("c3", units=12, vendor="v2")
    data = deliver(tmp_path, rows, config())
    with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
        known = conducts(annotations, Floors())
        yield courses(known, measure(annotations, ()), Drift())["label"]


def codes(course, *names):
    return {course.names.index(name) for name in names}


def test_half_of_a_vendors_batches_are_no_exception(course):
    assert not course.mostly(codes(course, "b1"))
    assert course.mostly(codes(course, "b1", "b2"))


def test_a_vendor_is_counted_by_itself(course):
    assert not course.mostly(codes(course, "b1", "c1"))
    assert course.mostly(codes(course, "c1", "c2"))
