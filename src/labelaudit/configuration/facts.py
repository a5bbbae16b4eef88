"""What `init` may ask of a loaded delivery: its columns, and how they go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.engine.profile import Profile, profile_of, profiles
from labelaudit.engine.source import SOURCE
from labelaudit.engine.sql import cell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from labelaudit.engine.session import Session


@dataclass(frozen=True, slots=True)
class Facts:
    """The columns of a delivery, and how they go together.

    `combined` counts, for some columns, the rows in which all are filled and the different
    combinations of their values. `within` is a column in the rows with a value in another one.
    """

    profiles: tuple[Profile, ...]
    combined: Callable[[Sequence[str]], tuple[int, int]]
    within: Callable[[str, str, str], Profile]

    @property
    def rows(self) -> int:
        """How many rows were delivered."""
        return max((profile.rows for profile in self.profiles), default=0)

    def of(self, name: str) -> Profile:
        """Return a column by its name."""
        return next(profile for profile in self.profiles if profile.name == name)

    def repeats(self, columns: Sequence[str]) -> int:
        """Count the rows that say the same in these columns as a row before."""
        rows, combinations = self.combined(columns)
        return rows - combinations

    def describes(self, column: str, owner: str) -> bool:
        """Say whether a column is fixed by another one, or merely numbers its rows.

        It is fixed where it never differs within one value of the owner; it numbers where it
        never repeats within one.
        """
        rows, together = self.combined([owner, column])
        _, owners = self.combined([owner])
        return owners < rows and together in (owners, rows)


def facts_of(session: Session, columns: Sequence[str]) -> Facts:
    """Look at the loaded delivery."""

    def combined(names: Sequence[str]) -> tuple[int, int]:
        listed = ", ".join(cell(name) for name in names)
        filled = " and ".join(f"{cell(name)} is not null" for name in names)
        given = f"(select {listed} from {SOURCE} where {filled})"  # noqa: S608  names are quoted
        different = f"(select distinct * from {given})"  # noqa: S608  as above
        counts = f"(select count(*) from {given}), (select count(*) from {different})"  # noqa: S608
        rows, combinations = session.integers(f"select {counts}")
        return rows, combinations

    def within(name: str, column: str, value: str) -> Profile:
        return profile_of(session, name, (column, value))

    return Facts(profiles(session, columns), combined, within)
