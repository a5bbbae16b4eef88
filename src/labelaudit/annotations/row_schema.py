"""The schema of canonical annotations: the row rules as one pandera object, for everybody.

Each check carries its reason code as its error text and its parameters as statistics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.annotations.row_rules import column_rules, label_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandera.pandas as pa

    from labelaudit.annotations.row_rules import ColumnRules, Rule
    from labelaudit.model import Question


def schema(questions: Sequence[Question]) -> pa.DataFrameSchema:
    """Return the pandera schema that canonical annotations of these questions fulfil.

    Frames must be cast already (text ids and labels, float seconds, UTC times): coercion is
    off, because a failed cast would hide which cell was at fault.

    Examples
    --------
    >>> from labelaudit.model import Question
    >>> sorted(schema([Question("q", "nominal", ("a", "b"))]).columns)[:3]
    ['annotator_id', 'annotator_kind', 'attempt']

    """
    import pandera.pandas as pa

    import labelaudit.annotations.label_checks  # noqa: F401  registers the checks

    rules = column_rules([question.question_id for question in questions])
    return pa.DataFrameSchema(
        {name: _column(column) for name, column in rules.items()},
        checks=[_check(rule) for rule in label_rules(questions)],
        name="annotations",
        coerce=False,
    )


def _column(rules: ColumnRules) -> pa.Column:
    import pandera.pandas as pa

    checks = [_check(rule) for rule in rules.rules]
    return pa.Column(rules.kind, checks, nullable=rules.nullable, required=rules.required)


def _check(rule: Rule) -> pa.Check:
    import pandera.pandas as pa

    check: pa.Check = getattr(pa.Check, rule.name)(**rule.given, error=rule.reason)
    return check
