"""What can go wrong with a database, in words for the person at the keyboard."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc

from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


class StoreUnavailableError(UsageError):
    """The database is locked, full, read-only or down: nothing was recorded (exit 2)."""


_SILENT = (
    exc.OperationalError,
    exc.InterfaceError,
    exc.TimeoutError,
    sqlite3.OperationalError,
)


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what the database says into an error that says what to do."""
    try:
        yield
    except _SILENT as error:
        raise StoreUnavailableError(
            where,
            f"the database does not answer: {_first_line(error)}",
            next_step="nothing was recorded that was not confirmed: try again",
        ) from error
    except exc.StatementError as error:
        if isinstance(error.orig, UsageError):  # said by a column, of a value it was given
            raise error.orig from None
        if type(error) is not exc.DatabaseError:  # a fault of our own statement
            raise
        raise _unreadable(where, error) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise
        raise _unreadable(where, error) from error


def _unreadable(where: str, error: Exception) -> UsageError:
    return UsageError(
        where,
        f"is not a readable review store: {_first_line(error)}",
        next_step="name another --db, or restore a backup",
    )


def _first_line(error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__
