"""What a reviewer is shown of a unit: texts of the delivery, and every answer it received.

Texts are cut at `MOST_CHARACTERS`, answers at `MOST_ANSWERS`; what is left out is counted. Where
rows of one item hold differing texts, the first by file and line is taken, and `differs` says so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from labelaudit.annotations.counting import COUNTED, current_view
from labelaudit.engine.arrays import TEXT, array, table
from labelaudit.engine.source import SOURCE, as_text
from labelaudit.engine.sql import text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from labelaudit.engine.session import Session
    from labelaudit.engine.tables import Tally
    from labelaudit.model import Question
    from labelaudit.settings import Review

MOST_CHARACTERS = 20_000
MOST_ANSWERS = 200
MOST_LABELS = 1_000
_UNITS = "card_units"
_AS_OBSERVED = ("nominal", "preference")


def cards(
    session: Session,
    questions: Sequence[Question],
    tallies: Sequence[Tally],
    review: Review,
    units: Collection[tuple[str, str]],
) -> str:
    """Return the query for the cards of units (question, item); lists in them are JSON."""
    named = sorted(units)
    columns = {
        "question_id": array([question for question, _ in named], TEXT),
        "item_id": array([item for _, item in named], TEXT),
    }
    session.keep(_UNITS, table(columns))
    each = (
        _cards(number, question, _labels(question, tally), review)
        for number, (question, tally) in enumerate(zip(questions, tallies, strict=True))
    )
    return f"select * from ({' union all '.join(each)}) order by question_id, item_id"


def _labels(question: Question, tally: Tally) -> Sequence[str]:
    """Return the labels that a reviewer may choose from: as declared, else as observed."""
    if question.labels or question.scale not in _AS_OBSERVED:
        return question.labels
    return tally.names.labels.texts[:MOST_LABELS]


def _cards(number: int, question: Question, labels: Sequence[str], review: Review) -> str:
    name = text(question.question_id)
    columns = list(dict.fromkeys(column for _, column in review.columns))
    place = {column: at for at, column in enumerate(columns)}
    image = f"text_{place[review.image]}" if review.image else "null::varchar"
    fields = {
        "question_id": name,
        "item_id": "u.item_id",
        "scale": text(question.scale),
        "labels": text(json.dumps(list(labels), ensure_ascii=False)),
        "shown": _listed(review.show, place),
        "pair": _listed(review.pair, place),
        "image": image,
        "answers": f"cast(coalesce(to_json(answers[1:{MOST_ANSWERS}]), '[]') as varchar)",
        "answers_left_out": f"greatest(coalesce(count, 0) - {MOST_ANSWERS}, 0)",
    }
    chosen = ", ".join(f"{expression} as {field}" for field, expression in fields.items())
    return (
        f"select {chosen} from (select item_id from {_UNITS} where question_id = {name}) u"
        f" left join ({_answers(name)}) using (item_id)"
        f" left join ({_texts(number, columns, name)}) using (item_id)"
    )


def _listed(columns: Sequence[str], place: dict[str, int]) -> str:
    """Return the texts of some columns as a JSON list."""
    each = (
        f"struct_pack(name := {text(column)},"
        f" text := coalesce(left(text_{place[column]}, {MOST_CHARACTERS}), ''),"
        f" left_out := greatest(coalesce(length(text_{place[column]}), 0) - {MOST_CHARACTERS}, 0),"
        f" differs := coalesce(differs_{place[column]}, false))"
        for column in columns
    )
    return f"cast(to_json([{', '.join(each)}]) as varchar)" if columns else "'[]'"


def _answers(name: str) -> str:
    """Return what each unit was answered, by people first; gold and models among them."""
    return (
        "select item_id, count(*) as count, list(struct_pack(annotator_id := annotator_id,"
        " kind := annotator_kind, label := label, duration_s := duration_s) order by"
        " annotator_kind <> 'human', annotator_kind, annotator_id, label) as answers"
        f" from {COUNTED} semi join {_UNITS} using (question_id, item_id)"
        f" where question_id = {name} group by item_id"
    )


def _texts(number: int, columns: Sequence[str], name: str) -> str:
    """Return what stands in the delivery's columns beside each unit."""
    wanted = f"select item_id from {_UNITS} where question_id = {name}"
    if not columns:
        return f"select item_id from {_UNITS} where false"
    told = ", ".join(
        f"first({as_text(column)} order by x.file, x.line)"
        f" filter (where {as_text(column)} is not null) as text_{at},"
        f" count(distinct {as_text(column)}) > 1 as differs_{at}"
        for at, column in enumerate(columns)
    )
    return (
        f"select x.item_id, {told} from (select item_id, file, line from {current_view(number)}"
        f" where item_id in ({wanted})) x join {SOURCE} s on s.__file = x.file"
        " and s.__row = x.line group by x.item_id"
    )
