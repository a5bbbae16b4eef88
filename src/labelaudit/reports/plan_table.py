"""Plans as text for a terminal, with a plot of power against size, and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from labelaudit.pilots import GOLD
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.designs import Design
    from labelaudit.plans import Plan

SCHEMA_VERSION = "1"
_BAR = 40


def as_json(plans: Sequence[Plan]) -> str:
    """Return plans as one JSON document."""
    document = {"schema_version": SCHEMA_VERSION, "plans": [_record(plan) for plan in plans]}
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)


def _record(plan: Plan) -> dict[str, object]:
    record = asdict(plan)
    return {**record.pop("ask"), **record}


def as_text(plans: Sequence[Plan]) -> str:
    """Return plans as text, 80 columns wide, one after the other."""
    return "\n".join("\n".join(_lines(plan)) + "\n" for plan in plans)


def _lines(plan: Plan) -> Iterator[str]:
    ask = plan.ask
    question = f"{visible(plan.question_id)}: " if plan.question_id else ""
    yield f"{question}{plan.measure}, floor {ask.floor:g}, target {ask.target:g}"
    yield (
        f"accepts {100 * ask.consumer_risk:g} % at the floor,"
        f" {100 * (1 - ask.producer_risk):g} % at the target"
    )
    yield f"from {plan.source}"
    yield ""
    if plan.designs:
        yield from _table(plan)
        yield ""
    if plan.best is not None:
        yield from _plot(plan.best, gold=plan.measure == GOLD)
        yield ""
    yield from (f"- {line}" for line in plan.says)


def _table(plan: Plan) -> Iterator[str]:
    gold = plan.measure == GOLD
    yield (
        "annotators  answers      cost"
        if gold
        else "labels per item    items    labels  annotators      cost"
    )
    for design in plan.designs:
        mark = "  <- cheapest" if design == plan.best else ""
        yield (_gold_row(design) if gold else _row(design)) + mark


def _row(design: Design) -> str:
    return (
        f"{design.ratings:>15}  {design.items:>7,}  {design.labels:>8,}"
        f"  {design.annotators:>10,}  {design.cost:>8,.10g}"
    )


def _gold_row(design: Design) -> str:
    if design.items is None:
        return f"{design.annotators:>10,}  no number of answers is enough"
    return f"{design.annotators:>10,}  {design.items:>7,}  {design.cost:>8,.10g}"


def _plot(design: Design, *, gold: bool) -> Iterator[str]:
    what = "gold answers" if gold else f"items, {design.ratings} labels each"
    yield f"chance that a batch at the target passes, by {what}"
    for items, power in design.power:
        bar = "#" * round(power * _BAR)
        planned = "  <- planned" if items == design.items else ""
        yield f"{items:>9,} |{bar:<{_BAR}}| {100 * power:3.0f} %{planned}"
