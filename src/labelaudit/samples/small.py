"""The small deliveries: other shapes of file, a repeated annotation, a broken file."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from labelaudit.samples.dice import Dice
from labelaudit.samples.items import TWIN
from labelaudit.samples.plan import BATCHES
from labelaudit.samples.tables import HEADER, csv_text, row
from labelaudit.samples.work import submissions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.samples.plan import Batch
    from labelaudit.samples.work import Submission

MOODS = ("negative", "neutral", "positive")
RATERS = ("r1", "r2", "r3")
_POSTS = 120
_OPENINGS = {
    "negative": ("never again", "what a letdown", "i want my money back", "so disappointed"),
    "neutral": ("it is what it is", "arrived as listed", "no strong view", "does its job"),
    "positive": ("love it", "better than hoped", "would buy twice", "made my week"),
}
_THINGS = (
    "kettle lamp tea tent radio coat backpack desk chair puzzle bicycle".split()  # 11 things and
)
_DETAILS = (  # 11 details: no two posts are the same
    "for my sister",
    "in the blue version",
    "after a month of use",
    "on a rainy weekend",
    "as a birthday present",
    "from the new shop",
    "with the longer cable",
    "without any manual",
    "at half the price",
    "since last winter",
    "in a very large box",
)

REPEATED = (20, 100, 180)
BROKEN_LINES = {5: "one field too many", 9: "a field missing", 14: "one field too many"}


@dataclass(frozen=True, slots=True)
class Post:
    """One post and what three raters said about its mood."""

    post_id: str
    text: str
    truth: str
    moods: tuple[str, ...]


def posts(seed: int) -> Iterator[Post]:
    """Make up posts whose mood is rated by the same three people."""
    for number in range(1, _POSTS + 1):
        dice = Dice(seed, "post", number)
        level = int(dice.throw() * len(MOODS))
        thing, detail = _THINGS[number % 11], _DETAILS[number // 11]
        text = f"{dice.pick(_OPENINGS[MOODS[level]])}: the {thing} {detail}"
        truth = MOODS[level] if dice.chance(0.5) else ""
        moods = tuple(MOODS[_rated(dice, level)] for _ in RATERS)
        yield Post(f"post-{number:03d}", text, truth, moods)


def _rated(dice: Dice, level: int) -> int:
    step = dice.pick((-1, 1)) if dice.chance(0.03) else 0
    return min(max(level + step, 0), len(MOODS) - 1)


def wide_csv(seed: int) -> str:
    """Return the posts with one column per rater."""
    rows = [("po-01", post.post_id, post.text, *post.moods, post.truth) for post in posts(seed)]
    return csv_text(("batch", "post_id", "text", *RATERS, "truth"), rows)


def jsonl(seed: int) -> str:
    """Return the same posts with one JSON object per rating."""
    lines = []
    for post in posts(seed):
        shared = {"batch": "po-01", "post_id": post.post_id, "text": post.text}
        for rater, mood in zip(RATERS, post.moods, strict=True):
            record = {**shared, "rater": rater, "mood": mood, "truth": post.truth or None}
            lines.append(json.dumps(record))
    return "\n".join(lines) + "\n"


def _excerpt(seed: int, batch_id: str, count: int) -> tuple[Batch, tuple[Submission, ...]]:
    """Return the work on the first pictures of the first batch, as another batch."""
    batch = replace(BATCHES[0], batch_id=batch_id, numbers=BATCHES[0].numbers[:count])
    return batch, submissions(seed, batch)


def repeated_csv(seed: int) -> str:
    """Return a delivery in which three people answered a picture again an hour later."""
    batch, work = _excerpt(seed, "nw-08", 60)
    again = [_changed_mind(work[position]) for position in REPEATED]
    return csv_text(HEADER, [row(batch, submission) for submission in (*work, *again)])


def _changed_mind(first: Submission) -> Submission:
    answer = replace(first.answer, label=TWIN[first.answer.label])
    return replace(first, answer=answer, finished=first.finished + timedelta(hours=1))


def broken_csv(seed: int) -> str:
    """Return a file with ragged rows on the lines of `BROKEN_LINES`."""
    batch, work = _excerpt(seed, "nw-09", 5)
    lines = csv_text(HEADER, [row(batch, submission) for submission in work]).splitlines()
    for line, fault in BROKEN_LINES.items():
        whole = lines[line - 1]
        lines[line - 1] = whole + ",ok" if "many" in fault else whole.rpartition(",")[0]
    return "\n".join(lines) + "\n"
