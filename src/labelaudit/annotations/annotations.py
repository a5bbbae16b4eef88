"""What `labelaudit.read` returns: the valid annotations, their counts, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from labelaudit.annotations.cards import cards
from labelaudit.annotations.counting import COUNTED
from labelaudit.annotations.filing import for_file
from labelaudit.annotations.setaside import REJECTED_CELLS, rejected_for_spreadsheets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    import pandas as pd

    from labelaudit.annotations.privacy import People
    from labelaudit.engine.session import Session
    from labelaudit.engine.tables import Tally
    from labelaudit.model import InputFile, Manifest, Question, Rejection
    from labelaudit.settings import Project


@dataclass(frozen=True, slots=True, eq=False)
class Annotations:
    """A delivery in canonical form. Close it, or use it in `with`, to free the engine.

    Attributes
    ----------
    tallies
        The counts of each question: all that the measures read.
    rejections
        Rejected cells by reason, batch and column; complete in `rejected_frame`.
    rejected_rows
        Rejected rows by batch ("" where a row names none).
    repeated
        Annotations that the duplicate policy dropped, by batch.
    aliases
        Groups of names that look alike: (what they name, the names).
    delivered_rows
        Rows by batch, rejected ones included; empty where none was rejected.
    people
        How annotators are called in outputs.
    project
        The columns, questions and policy they were read with.
    said
        What was sniffed and guessed, in words.
    sent
        The items that were sent out, where a manifest tells.

    """

    files: tuple[InputFile, ...]
    tallies: tuple[Tally, ...]
    rejections: tuple[Rejection, ...]
    rejected_rows: Mapping[str, int]
    delivered_rows: Mapping[str, int]
    repeated: Mapping[str, int]
    superseded: int
    aliases: tuple[tuple[str, tuple[str, ...]], ...]
    people: People
    project: Project
    said: tuple[str, ...]
    session: Session
    sent: Manifest | None = None

    def __enter__(self) -> Self:
        """Return the annotations themselves."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Free the engine."""
        self.close()

    def close(self) -> None:
        """Free the engine; the counts stay."""
        self.session.close()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that were asked."""
        return self.project.questions

    @property
    def batches(self) -> tuple[str, ...]:
        """All batches that were delivered, also those whose every row was rejected."""
        counted = {batch for tally in self.tallies for batch in tally.names.batches}
        return tuple(sorted(counted | {batch for batch in self.rejected_rows if batch}))

    def to_frame(self) -> pd.DataFrame:
        """Return the annotations that count, in canonical columns, people as pseudonyms."""
        return self.session.frame(
            f"select * from {COUNTED} order by file, line, question_id, annotator_id, label"
        )

    def write_parquet(self, path: Path) -> None:
        """Write the annotations that count, in canonical columns, people as pseudonyms."""
        self.session.write_parquet(for_file(self.session, self.questions), path)

    def writing_parquet(self, path: Path) -> AbstractContextManager[Callable[[], None]]:
        """Write them while the block goes on; what it yields waits for the end."""
        return self.session.writing_parquet(for_file(self.session, self.questions), path)

    def write_cards(self, units: Collection[tuple[str, str]], path: Path) -> None:
        """Write what a reviewer is shown of some units (question, item)."""
        chosen = self.project.review
        query = cards(self.session, self.questions, self.tallies, chosen, units)
        self.session.write_parquet(query, path)

    def rejected_frame(self) -> pd.DataFrame:
        """Return every rejected cell: file, line, batch, column, value and reason."""
        return self.session.frame(f"select * from {REJECTED_CELLS} order by all")

    def write_rejected(self, path: Path) -> None:
        """Write every rejected cell as CSV."""
        self.session.write_csv(rejected_for_spreadsheets(), path)
