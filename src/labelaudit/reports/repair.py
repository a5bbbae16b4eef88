"""What to do now: which items to have labeled again, at what price, and which to review."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from labelaudit.reports.summary import Section, many
from labelaudit.settings import MIN_UNIFORM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from labelaudit.audit import Audit
    from labelaudit.queue import Item, RelabelPlan
    from labelaudit.reports.documents import Documents, Queued

_WHY_NOT = {
    "no-overlap": "every item has one label, so nothing tells which are wrong",
    "no-labels": "there are no labels",
    "one-category": "only one label was ever given, so nothing tells which are wrong",
    "scale-not-supported": "its scale has no consensus label to be wrong",
    "subjective": "the question is subjective, so the majority is no truth to be wrong about",
}

WORTH_SAYING = 0.95
"""Expected wrong labels fewer below which a plan is not worth a sentence."""


def what_to_do(audit: Audit | Documents) -> Section | None:
    """Return sentences on relabeling and review."""
    plans = audit.after.plans
    rows = [*(line for plan in plans for line in _plan(plan)), *_queue(audit.items, plans)]
    skipped: dict[str, list[str]] = {}
    for plan in plans:
        if plan.undefined:
            skipped.setdefault(plan.undefined, []).append(plan.question_id)
    for reason, questions in skipped.items():
        why = _WHY_NOT.get(reason, reason)
        rows.append(f"no relabeling plan for {', '.join(questions)}: {why}")
    return Section("What to do", (), tuple((row,) for row in rows)) if rows else None


def _plan(plan: RelabelPlan) -> Iterator[str]:
    if plan.undefined:
        return
    if shared_errors(plan):
        yield (
            f"{plan.question_id}: {plan.gold_wrong:,} of {plan.gold_units:,} consensus labels are"
            f" wrong on gold, where the votes let expect {about(plan.gold_expected)}: people err"
            " alike, and more labels by the same people will not mend that"
        )
    if plan.expected_fewer >= WORTH_SAYING:
        yield relabeling(plan)
    elif not shared_errors(plan):
        yield (
            f"{plan.question_id}: more labels would mend next to nothing; of {plan.units:,}"
            f" consensus labels {about(plan.expected_wrong)} are expected to be wrong"
        )
    if plan.ambiguous:
        items = many(plan.ambiguous, "item")
        yield (
            f"{plan.question_id}: {items} ambiguous (good annotators split over them):"
            " settle the guideline, more labels will not"
        )


def relabeling(plan: RelabelPlan) -> str:
    """Say what to order, what it brings and what it costs."""
    each = plan.labels / plan.items
    how = f"{each:.0f} more" if each == int(each) else f"{each:.1f} more on average"
    cost = ""
    if plan.cost is not None:
        cost = f", {plan.cost:,.2f} at {plan.price_per_label:g} a label"
    return (
        f"{plan.question_id}: relabel {many(plan.items, 'item')}, {how} each"
        f" ({many(plan.labels, 'label')}): {about(plan.expected_fewer)} wrong labels fewer of"
        f" {about(plan.expected_wrong)} expected in {plan.units:,}{cost};"
        f" the better half of them brings {about(plan.best_half_fewer)}"
    )


def shared_errors(plan: RelabelPlan) -> bool:
    """Say whether gold shows clearly more errors than the votes let expect."""
    spread = math.sqrt(max(plan.gold_expected, 1.0))
    return plan.gold_wrong > plan.gold_expected + 3 * spread


def about(count: float) -> str:
    """Write an expected number: 0.4 is "less than 1", 41.3 is "about 41"."""
    return "less than 1" if count < WORTH_SAYING else f"about {count:,.0f}"


def _queue(items: Sequence[Item | Queued], plans: Sequence[RelabelPlan]) -> Iterator[str]:
    methods = " and ".join(dict.fromkeys(plan.method for plan in plans if plan.method))
    risk = f"risk ({methods})" if methods else "risk"
    by_risk = sum(item.drawn == "risk" for item in items)
    uniform = sum(item.drawn == "uniform" for item in items)
    if by_risk + uniform:
        yield (
            f"review {many(by_risk + uniform, 'item')}, listed in items.parquet: {by_risk:,} by"
            f" {risk}, {uniform:,} drawn uniformly so that a rate of errors can be told"
        )
    yield from _too_few(items)


def _too_few(items: Sequence[Item | Queued]) -> Iterator[str]:
    """Say of which questions too little was drawn uniformly, unless that was all there is."""
    drawn = Counter(item.question_id for item in items if item.drawn == "uniform")
    every = {one.question_id for one in items if one.drawn == "uniform" and one.probability >= 1}
    for question, count in drawn.items():
        if count < MIN_UNIFORM and question not in every:
            yield (
                f"{question}: {count} drawn uniformly are too few to tell a rate of errors; a"
                f" longer queue ([queue] max_items_count) draws {MIN_UNIFORM} or more"
            )
