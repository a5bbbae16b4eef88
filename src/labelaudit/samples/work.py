"""A batch at work: who gets which picture, what they answer, and when."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from labelaudit.samples.dice import Dice
from labelaudit.samples.items import make_item
from labelaudit.samples.people import Answer, Person, Turn
from labelaudit.samples.plan import STAFF, STRANGE_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.samples.items import Item
    from labelaudit.samples.plan import Batch

FIRST_DAY = datetime(2026, 1, 5, 8, tzinfo=UTC)
_WALKED_AWAY_FRACTION, _WALKED_AWAY_FACTOR = 0.01, 20


@dataclass(frozen=True, slots=True)
class Submission:
    """One person's answers to one picture, with the time it took."""

    item: Item
    annotator_id: str
    answer: Answer
    seconds: float
    finished: datetime


def submissions(seed: int, batch: Batch) -> tuple[Submission, ...]:
    """Return the work of a batch in the order in which it was finished."""
    items = [make_item(seed, number, batch.mix) for number in batch.numbers]
    given = _assign(Dice(seed, "assign", batch.batch_id), items, batch)
    people = [Person(name, batch.habit) for name in STAFF[batch.vendor]]
    done: list[Submission] = []
    for person in (*people, *batch.guests):
        overheard = {s.item: s for s in done if s.annotator_id == person.listens_to}
        done += _perform(seed, batch, person, given[person.annotator_id], overheard)
    spoiled = _spoil(Dice(seed, "spoil", batch.batch_id), batch, done)
    return tuple(sorted(spoiled, key=lambda s: (s.finished, s.item.item_id, s.annotator_id)))


def _assign(dice: Dice, items: Sequence[Item], batch: Batch) -> dict[str, list[Item]]:
    """Give guests their quota and deal the other places evenly to the staff."""
    given: dict[str, list[Item]] = {name: [] for name in STAFF[batch.vendor]}
    for guest in batch.guests:
        chosen = set(dice.shuffled(items)[: guest.quota])
        given[guest.annotator_id] = (
            given[guest.listens_to] if guest.listens_to else [i for i in items if i in chosen]
        )
    n_single = round(batch.single_fraction * len(items))
    singles = set(dice.shuffled(items)[:n_single])
    for item in items:
        seats = 1 if item in singles else batch.labels_each
        seats -= sum(item in given[guest.annotator_id] for guest in batch.guests)
        least_busy = sorted(dice.shuffled(STAFF[batch.vendor]), key=lambda name: len(given[name]))
        for name in least_busy[:seats]:
            given[name].append(item)
    return given


def _perform(
    seed: int,
    batch: Batch,
    person: Person,
    items: Sequence[Item],
    overheard: dict[Item, Submission],
) -> list[Submission]:
    """Let a person answer their pictures one after the other, in one sitting."""
    dice = Dice(seed, "work", batch.batch_id, person.annotator_id)
    pace = person.seconds * math.exp(Dice(seed, "pace", person.annotator_id).normal(0.12))
    clock = FIRST_DAY + timedelta(weeks=batch.week, seconds=int(dice.throw() * 3 * 3600))
    if person.listens_to:
        clock = max(s.finished for s in overheard.values())
    work = []
    for position, item in enumerate(items):
        heard = overheard[item].answer if item in overheard else None
        answer = person.behave(dice, Turn(item, position / len(items), heard))
        seconds = _seconds(dice, pace, hard=item.hard)
        clock += timedelta(seconds=seconds + dice.exponential(3.0))
        work.append(Submission(item, person.annotator_id, answer, seconds, clock))
    return work


def _seconds(dice: Dice, pace: float, *, hard: bool) -> float:
    """Return a log-normal working time; now and then somebody walks away from the screen."""
    away = _WALKED_AWAY_FACTOR if dice.chance(_WALKED_AWAY_FRACTION) else 1
    return round(away * pace * math.exp(dice.normal(0.35) + (0.2 if hard else 0.0)), 1)


def _spoil(dice: Dice, batch: Batch, work: Sequence[Submission]) -> list[Submission]:
    """Put labels of another project and empty cells into the finished work."""
    order = dice.shuffled(range(len(work)))
    strange = set(order[: round(batch.strange_fraction * len(work))])
    blank = set(order[len(order) - round(batch.blank_fraction * len(work)) :])
    spoiled = list(work)
    for row in strange:
        answer = replace(work[row].answer, label=dice.pick(STRANGE_LABELS))
        spoiled[row] = replace(work[row], answer=answer)
    for row in blank:
        spoiled[row] = replace(work[row], answer=replace(work[row].answer, quality=""))
    return spoiled
