"""Small deliveries: rows as tuples in, what the engine or the annotations make of them out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from labelaudit.annotations import take_in
from labelaudit.engine.session import Session
from labelaudit.engine.source import load
from labelaudit.engine.tally import tally
from labelaudit.model import Columns, InputFile, Intake, Question
from labelaudit.settings import Project, Review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from labelaudit.annotations import Annotations
    from labelaudit.engine.tables import Tally

    Cells = Mapping[str, Sequence[str | None]]

CANONICAL = ("item_id", "annotator_id", "label", "batch_id", "vendor", "gold", "annotator_kind")
DEFAULTS = ("item", "annotator", "label", "batch", None, None, "human")
NOMINAL = Question("q", "nominal")
LONG = Columns("item", "who", label="label", batch="batch")


@pytest.fixture(scope="session")
def tallied() -> Iterator[Callable[..., Tally]]:
    """Count rows of (item, annotator, label, batch, vendor, gold, kind); the last may be left out.

    A session for all tests: the engine keeps no state between counts.
    """
    with Session() as session:

        def count(rows: Sequence[tuple[str | None, ...]], question: Question = NOMINAL) -> Tally:
            whole = [(*row, *DEFAULTS[len(row) :]) for row in rows]
            columns = [pa.array([row[at] for row in whole], pa.string()) for at in range(7)]
            session.keep("rows", pa.table(columns, names=CANONICAL))
            return tally(session, "rows", question)

        yield count


@pytest.fixture(scope="session")
def loaded() -> Callable[..., int]:
    """Put a table of text cells into a session as a delivery of one file."""
    return put


@pytest.fixture(scope="session")
def taken() -> Callable[..., object]:
    """Take in a table of text cells, as a context that frees the engine at its end."""

    @contextmanager
    def take(
        cells: Cells,
        columns: Columns = LONG,
        *questions: Question,
        key: bytes | None = None,
        review: Review | None = None,
        **choices: object,
    ) -> Iterator[Annotations]:
        intake = Intake(**choices)  # type: ignore[arg-type]
        shown = review or Review()
        project = Project(columns, questions or (NOMINAL,), intake, review=shown)
        with Session() as session:
            files = (InputFile("delivery.csv", "", "csv-long", put(session, cells)),)
            yield take_in(session, files, project, key=key)

    return take


def put(session: Session, cells: Cells) -> int:
    rows = len(next(iter(cells.values())))
    arrays = [pa.array(column, pa.string()) for column in cells.values()]
    place = [pa.array([0] * rows, pa.int32()), pa.array(range(2, rows + 2), pa.int64())]
    batch = pa.record_batch([*arrays, *place], names=[*cells, "__file", "__row"])
    load(session, tuple(cells), ("",), parquet=None, batches=lambda: iter([batch]), files=1)
    return rows
