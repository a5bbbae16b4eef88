"""Highlighted spans: text cut at every boundary, so that overlapping spans show both."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from app.components.text import LONGEST, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_SPANS = 500


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: offsets count code points, the end stands outside."""

    start: int
    end: int
    label: str
    target: str | None = None


def spans_of(label: str | None) -> list[Span]:
    """Return the spans of a label; none where it is not a list of spans.

    Examples
    --------
    >>> spans_of('[{"start": 0, "end": 2, "label": "PER"}]')
    [Span(start=0, end=2, label='PER', target=None)]

    """
    return [span for part in parts(label) if (span := _span(part))]


def _span(part: dict[str, object]) -> Span | None:
    start, end, target = part.get("start"), part.get("end"), part.get("target")
    if not (isinstance(start, int) and isinstance(end, int)):
        return None
    return Span(start, end, str(part.get("label", "")), None if target is None else str(target))


def parts(label: str | None) -> list[dict[str, object]]:
    """Return the parts of a label that is a JSON list of objects; none of any other."""
    try:
        found = json.loads(label or "[]")
    except ValueError:
        return []
    listed = found if isinstance(found, list) else []
    return [one for one in listed if isinstance(one, dict)]


def marked(text: str, spans: Iterable[Span]) -> str:
    r"""Return text for `st.html`, each marked piece with the labels that cover it.

    Examples
    --------
    >>> marked("a<b", [Span(0, 2, "X"), Span(1, 3, "Y")])
    '<mark>a<sub>X</sub></mark><mark>&lt;<sub>X, Y</sub></mark><mark>b<sub>Y</sub></mark>'

    """
    shown = text[:LONGEST]
    inside = [span for span in spans if 0 <= span.start < span.end and span.start < len(shown)]
    return "".join(_pieces(shown, inside[:MOST_SPANS]))


def _pieces(text: str, spans: list[Span]) -> Iterator[str]:
    ends = {0, len(text)} | {min(at, len(text)) for s in spans for at in (s.start, s.end)}
    cuts = sorted(ends)
    for start, end in pairwise(cuts):
        piece = escaped(text[start:end])
        covering = Counter(s.label for s in spans if s.start <= start and end <= s.end)
        yield f"<mark>{piece}<sub>{_tag(covering)}</sub></mark>" if covering else piece


def _tag(covering: Counter[str]) -> str:
    """Return labels with how many gave each, where more than one did."""
    return ", ".join(
        escaped(label, 60) + (f" x {count}" if count > 1 else "")
        for label, count in covering.items()
    )
