"""What a delivery seems to hold, and the configuration that it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.configuration.facts import facts_of
from labelaudit.configuration.propose import propose
from labelaudit.configuration.write import toml_for
from labelaudit.engine.session import Session
from labelaudit.model import Intake
from labelaudit.readers import say_skipped
from labelaudit.reading import load_files, open_for
from labelaudit.settings import Project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from labelaudit.configuration.draft import Draft
    from labelaudit.model import InputFile
    from labelaudit.starting.start import Starting


@dataclass(frozen=True, slots=True)
class Look:
    """What was understood of a delivery.

    Attributes
    ----------
    files
        The files with their rows.
    said
        What was sniffed of each file, in words.
    columns
        Of the delivery, as the vendor calls them.
    draft
        Which column plays which part, the questions, and what is open.
    reader
        The reader, or all of them with commas between.

    """

    files: tuple[InputFile, ...]
    said: tuple[str, ...]
    columns: tuple[str, ...]
    draft: Draft
    reader: str

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(file.rows for file in self.files)

    def toml(self, starting: Starting | None = None) -> str:
        """Return the text of the proposed `labelaudit.toml`, with a policy to start from."""
        return toml_for(self.draft, self.reader, starting)


def look(data: Sequence[str | Path], chosen: Mapping[str, str | None] | None = None) -> Look:
    """Read a delivery whole and propose how to audit it.

    Parameters
    ----------
    data
        Files, folders or patterns.
    chosen
        What a person settled: the column of a role, or None where no column plays it.

    Raises
    ------
    InputError
        If a file cannot be read.

    """
    delivery = open_for(list(data), Project())
    with Session() as session:
        files = load_files(session, delivery, Intake())
        draft = propose(facts_of(session, delivery.columns), chosen)
    said = tuple(f"{file.name}: {file.reader}, {', '.join(file.said)}" for file in delivery.files)
    return Look(files, (*said, *say_skipped(delivery)), delivery.columns, draft, delivery.reader)
