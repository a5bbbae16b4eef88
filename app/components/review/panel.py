"""What stands beside the item: the label under review, the votes, and who gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.review.spans import parts
from app.components.review.votes import counted
from app.components.text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.components.review.content import Answer, Card
    from labelaudit.review import Flag

MOST_ANSWERS = 12
_KINDS = {"gold": "known answer", "model": "model"}


def panel(flag: Flag, found: Card, *, blind: bool) -> None:
    """Draw what was answered; in blind mode the label under review alone."""
    st.html("".join(_parts(flag, found, blind=blind)))


def _parts(flag: Flag, found: Card, *, blind: bool) -> Iterator[str]:
    under = "none: nothing settles it" if flag.label is None else shown(flag.label)
    yield f'<h4 class="la-field">Label under review</h4><p class="la-label">{under}</p>'
    if blind:
        yield '<p class="la-quiet">Votes, annotators and vendor are hidden until you decide.</p>'
        return
    yield _votes(flag)
    if flag.gold is not None:
        yield f'<h4 class="la-field">Known answer</h4><p>{shown(flag.gold)}</p>'
    yield _answers([a for a in found.answers if a.kind != "gold"], found.answers_left_out)
    origin = ", ".join(escaped(name, 60) for name in (flag.vendor, flag.batch_id) if name)
    yield f'<p class="la-quiet">{origin}</p>'


def shown(label: str) -> str:
    """Return a label for a page: of drawn ones what they name, not where.

    Examples
    --------
    >>> shown('[{"start": 0, "end": 2, "label": "PER"}]')
    '1 part: PER'

    """
    drawn = parts(label)
    if not drawn:
        return escaped(label, 300)
    names = ", ".join(sorted({str(part.get("label", "?")) for part in drawn}))
    return escaped(f"{len(drawn)} part{'s' * (len(drawn) > 1)}: {names}", 300)


def _votes(flag: Flag) -> str:
    rows = "".join(
        f"<tr><td>{shown(label)}</td><td>{count}</td></tr>" for count, label in counted(flag.votes)
    )
    return f'<h4 class="la-field">Votes</h4><table class="la-rows">{rows}</table>' if rows else ""


def _answers(answers: list[Answer], left_out: int) -> str:
    rows = "".join(map(_answer, answers[:MOST_ANSWERS]))
    if not rows:
        return ""
    more = len(answers[MOST_ANSWERS:]) + left_out
    rest = f'<p class="la-quiet">and {more:,} more</p>' if more else ""
    return f'<h4 class="la-field">Answers</h4><table class="la-rows">{rows}</table>{rest}'


def _answer(answer: Answer) -> str:
    kind = _KINDS.get(answer.kind)
    who = escaped(answer.annotator_id, 40) + (f" ({kind})" if kind else "")
    label = "no answer" if answer.label is None else shown(answer.label)
    took = "" if answer.duration_s is None else f"{answer.duration_s:.0f} s"
    return f"<tr><td>{who}</td><td>{label}</td><td>{took}</td></tr>"
