"""Find every row at fault: by pandera up to `FRAME_ROWS` rows, by the same rules in SQL above.

What is found goes to the table `rejected`, one row per fault; the views `valid_<n>` hold
the rest. Cast faults come first, so a schema rule never judges a cell that was not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
from pandera.errors import SchemaErrors

from labelaudit.annotations.rules import rules
from labelaudit.engine.answers import KEPT, unknown_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandera.pandas import DataFrameSchema

    from labelaudit.engine.answers import Fault
    from labelaudit.engine.session import Session
    from labelaudit.model import Columns, Question

FRAME_ROWS = 200_000
"""Up to this many rows pandera sees every one; above, its rules run inside the engine."""

_KEY = "file, line, question_id, annotator_id, batch_id"
_REJECTED = pa.schema(
    [
        ("file", pa.int64()),
        ("line", pa.int64()),
        *((name, pa.string()) for name in ("question_id", "annotator_id", "batch_id")),
        *((name, pa.string()) for name in ("column_name", "value", "reason")),
    ]
)


def answers_view(number: int) -> str:
    """Return the name of the view of a question's canonical annotations, faults and all."""
    return f"answers_{number}"


def valid_view(number: int) -> str:
    """Return the name of the view of a question's rows without a fault."""
    return f"valid_{number}"


def validate(
    session: Session,
    schema: DataFrameSchema,
    questions: int,
    cast_faults: Sequence[Fault],
    rows: int,
) -> None:
    """Fill `rejected` and make the views of valid rows for each of the questions."""
    session.keep("rejected", _REJECTED.empty_table())
    for number in range(questions):
        if rows <= FRAME_ROWS:
            _by_rules(session, number, cast_faults)
            _by_frame(session, number, schema)
        else:
            _by_rules(session, number, [*cast_faults, *rules(schema)])
        session.view(valid_view(number), _unless_rejected(session, number))


def reject_unknown_questions(
    session: Session, columns: Columns, questions: tuple[Question, ...], batches: tuple[str, ...]
) -> None:
    """Reject rows of a file long in questions whose question the project does not know."""
    session.do(f"insert into rejected {unknown_questions(columns, questions, batches)}")


def _by_rules(session: Session, number: int, faults: Sequence[Fault]) -> None:
    """Count all faults in one scan; fetch the rows of those that occur."""
    if not faults:
        return
    view = answers_view(number)
    counted = ", ".join(f"count(*) filter (where {fault.predicate})" for fault in faults)
    found = session.integers(f"select {counted} from {view}")
    for fault, count in zip(faults, found, strict=True):
        if count:
            value = _text_of(fault.column)
            session.do(
                f"insert into rejected select {_KEY}, '{fault.column}', {value},"
                f" '{fault.reason}' from {view} where {fault.predicate}"
            )


def _text_of(column: str) -> str:
    cast = column in {"duration_s", "attempt", "started_at", "submitted_at"}
    return f"{column}_text" if cast else column


def _by_frame(session: Session, number: int, schema: DataFrameSchema) -> None:
    frame = session.frame(_unless_rejected(session, number))
    if frame.empty:
        return
    frame = frame.astype({"attempt": "int64", "duration_s": "float64"})
    faults = _failures(schema, frame)
    if faults.empty:
        return
    session.keep("found", pa.Table.from_pandas(faults, schema=_REJECTED, preserve_index=False))
    session.do("insert into rejected select * from found")


def _failures(schema: DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as error:
        cases: pd.DataFrame = error.failure_cases
    else:
        return frame.head(0)
    of_frame = cases["schema_context"] == "DataFrameSchema"
    cases = cases[~of_frame | (cases["column"] == "label")]
    rows = frame.loc[cases["index"].astype("int64")].reset_index(drop=True)
    names = cases["column"].reset_index(drop=True)
    null = cases["check"].reset_index(drop=True).eq("not_nullable")
    reasons = cases["check"].reset_index(drop=True).mask(null, names.map(_missing(schema)))
    cells = [rows[_text_of(name)].iloc[at] for at, name in enumerate(names)]
    values = pd.Series([None if pd.isna(cell) else str(cell) for cell in cells], dtype=object)
    rows = rows[["file", "line", "question_id", "annotator_id", "batch_id"]]
    return rows.assign(column_name=names, value=values, reason=reasons)


def _missing(schema: DataFrameSchema) -> dict[str, str]:
    return {name: str(column.checks[0].error) for name, column in schema.columns.items()}


def _unless_rejected(session: Session, number: int) -> str:
    view = answers_view(number)
    kept = ", ".join([*KEPT, *(_text_of(name) for name in ("duration_s", "attempt"))])
    kept += ", started_at_text, submitted_at_text"
    if session.integers("select count(*) from rejected") == (0,):
        return f"select {kept} from {view}"
    return (
        f"select {kept} from {view} x where not exists (select 1 from rejected r"
        " where r.file = x.file and r.line = x.line"
        " and r.question_id is not distinct from x.question_id"
        " and r.annotator_id is not distinct from x.annotator_id)"
    )
