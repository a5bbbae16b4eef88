"""Answers of models: compared with people, never counted among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.engine.sql import ident

if TYPE_CHECKING:
    from labelaudit.engine.session import Session


@dataclass(frozen=True, slots=True)
class ModelAnswers:
    """What one model answered, as texts by item; items it answered twice unlike are left out."""

    model: str
    answers: dict[str, str]


def model_answers(session: Session, view: str) -> tuple[ModelAnswers, ...]:
    """Return the answers of every model in a view of canonical columns, by its name."""
    found = session.rows(
        f"select annotator_id, item_id, min(label) from {ident(view)}"
        " where annotator_kind = 'model' and label is not null"
        " group by annotator_id, item_id having min(label) = max(label) order by all"
    )
    by_model: dict[str, dict[str, str]] = {}
    for model, item, label in found:
        by_model.setdefault(str(model), {})[str(item)] = str(label)
    return tuple(ModelAnswers(model, answers) for model, answers in by_model.items())
