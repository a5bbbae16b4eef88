"""Submissions as the text of a CSV file, formatted the same on every machine."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from labelaudit.samples.plan import Batch
    from labelaudit.samples.work import Submission

HEADER = (
    "batch",
    "vendor",
    "image_id",
    "caption",
    "worker",
    "label",
    "quality",
    "relevance",
    "truth",
    "seconds",
    "finished",
)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Return a CSV file: comma, minimal quotes, lines that end in `\n`."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def row(batch: Batch, submission: Submission) -> tuple[str, ...]:
    """Return one submission as the cells under `HEADER`; truth stands on gold items only."""
    item, answer = submission.item, submission.answer
    return (
        batch.batch_id,
        batch.vendor,
        item.item_id,
        item.caption,
        submission.annotator_id,
        answer.label,
        answer.quality,
        str(answer.relevance),
        item.truth if item.gold else "",
        f"{submission.seconds:.1f}",
        f"{submission.finished:%Y-%m-%dT%H:%M:%SZ}",
    )
