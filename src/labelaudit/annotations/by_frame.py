"""The faults that pandera finds in a frame; the only part of an audit that needs pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
from pandera.errors import SchemaErrors

from labelaudit.annotations.row_rules import column_rules, missing_reasons
from labelaudit.annotations.row_schema import schema
from labelaudit.engine.answers import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.model import Question

_NUMBERS = ("file", "line")


def failures(
    frame: pd.DataFrame, questions: Sequence[Question], key: Sequence[str]
) -> pa.Table | None:
    """Return the faults of canonical annotations: the columns of `key`, then what is wrong.

    Parameters
    ----------
    frame
        One question's annotations, cast.
    questions
        What was asked in the delivery.
    key
        Columns that say which row is at fault.

    Returns
    -------
    pyarrow.Table
        The columns of `key`, `column_name`, `value` and `reason`; None where all is well.

    """
    if frame.empty:
        return None
    frame = frame.assign(
        attempt=frame["attempt"].fillna(0).astype("int64"),
        duration_s=frame["duration_s"].astype("float64"),
    )
    rules = schema(questions)
    try:
        rules.validate(frame[[name for name in rules.columns if name in frame]], lazy=True)
    except SchemaErrors as error:
        cases: pd.DataFrame = error.failure_cases
        of_frame = cases["schema_context"] == "DataFrameSchema"
        told = cases[~of_frame | (cases["column"] == "label")]
        found = pd.concat(_cells(frame, told, questions, list(key)))
        kinds = [(name, pa.int64() if name in _NUMBERS else pa.string()) for name in found]
        return pa.Table.from_pandas(found, schema=pa.schema(kinds), preserve_index=False)
    return None


def _cells(
    frame: pd.DataFrame, cases: pd.DataFrame, questions: Sequence[Question], key: list[str]
) -> Iterator[pd.DataFrame]:
    """Yield the failed cells of one column after the other."""
    missing = missing_reasons(column_rules([question.question_id for question in questions]))
    for name, of_column in cases.groupby("column"):
        rows = frame.loc[of_column["index"].astype("int64")]
        checks = of_column["check"].to_numpy()
        yield rows[key].assign(
            column_name=name,
            value=rows[text_of(str(name))],
            reason=np.where(checks == "not_nullable", missing.get(str(name), ""), checks),
        )
