"""What stands beside the item: the label under review, the votes, and who gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.review.spans import parts
from app.components.review.votes import counted
from app.components.text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.review import Answer, Card, Flag

MOST_LABELS = 12
MOST_PEOPLE = 8


def panel(flag: Flag, found: Card, *, blind: bool) -> None:
    """Draw what was answered; in blind mode nothing."""
    st.html("".join(_parts(flag, found, blind=blind)))


def under_review(flag: Flag) -> None:
    """Draw the label that a reviewer is asked about."""
    label = "none: nothing settles it" if flag.label is None else shown(flag.label)
    st.html(
        '<div class="la-under"><span class="la-field">Label under review</span>'
        f' <span class="la-label">{label}</span></div>'
    )


def _parts(flag: Flag, found: Card, *, blind: bool) -> Iterator[str]:
    if blind:
        yield '<p class="la-quiet">Votes, annotators and vendor are hidden until you decide.</p>'
        return
    yield _votes(flag, [one for one in found.answers if one.kind != "gold"])
    if found.answers_left_out:
        yield f'<p class="la-quiet">and {found.answers_left_out:,} more answers</p>'
    if flag.gold is not None:
        yield f'<h4 class="la-field">Known answer</h4><p class="la-plain">{shown(flag.gold)}</p>'
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


def _votes(flag: Flag, answers: Sequence[Answer]) -> str:
    """Return each label with its votes and who gave it; most votes first."""
    votes = {label: count for count, label in counted(flag.votes)}
    by: dict[str, list[Answer]] = {label: [] for label in votes}
    for answer in answers:
        by.setdefault("no answer" if answer.label is None else answer.label, []).append(answer)
    rows = "".join(
        f'<tr><td>{shown(label)}<br><span class="la-quiet">{_people(gave)}</span></td>'
        f"<td>{votes.get(label, len(gave))}</td></tr>"
        for label, gave in list(by.items())[:MOST_LABELS]
    )
    return f'<h4 class="la-field">Votes</h4><table class="la-rows">{rows}</table>' if rows else ""


def _people(answers: Sequence[Answer]) -> str:
    told = [_one(answer) for answer in answers[:MOST_PEOPLE]]
    more = len(answers) - len(told)
    return ", ".join([*told, *([f"{more:,} more"] if more else [])])


def _one(answer: Answer) -> str:
    kind = "" if answer.kind == "human" else f" ({escaped(answer.kind, 20)})"
    took = "" if answer.duration_s is None else f" {answer.duration_s:.0f} s"
    return f"{escaped(answer.annotator_id, 40)}{kind}{took}"
