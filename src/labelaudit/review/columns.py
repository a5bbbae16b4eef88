"""How texts and times are kept, so that every database holds and returns the same."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from labelaudit.errors import UsageError

_UNSTORABLE = re.compile("[\x00\x1a\ud800-\udfff]")
_WRITTEN = re.compile("\x1a([0-9a-f]{4})")


def storable(text: str) -> str:
    r"""Write out what PostgreSQL cannot hold: the NUL character and lone surrogates.

    Examples
    --------
    >>> storable("caf\u00e9"), storable("a\x00b")
    ('café', 'a\x1a0000b')
    >>> read_back(storable("a\x00\x1a\ud800"))
    'a\x00\x1a\ud800'

    """
    return _UNSTORABLE.sub(lambda found: f"\x1a{ord(found[0]):04x}", text)


def read_back(text: str) -> str:
    """Return the text that `storable` was given."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), text)


class Words(TypeDecorator[str]):
    """Text of any kind, whatever a vendor or reviewer put into it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what the database is given."""
        return None if value is None else storable(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what was put in."""
        return None if value is None else read_back(value)


class Moment(TypeDecorator[datetime]):
    """A time as text in UTC that sorts as it passes, to the microsecond."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return what the database is given."""
        return None if value is None else stamp(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the time with its zone."""
        return None if value is None else datetime.fromisoformat(value)


def stamp(moment: datetime) -> str:
    """Return a time as text.

    Raises
    ------
    UsageError
        If it has no time zone: it could be any of a day's hours.

    Examples
    --------
    >>> stamp(datetime(2026, 5, 1, 12, tzinfo=UTC))
    '2026-05-01T12:00:00.000000+00:00'

    """
    if moment.tzinfo is None:
        raise UsageError("now", "expected a time with its zone, found one without")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
