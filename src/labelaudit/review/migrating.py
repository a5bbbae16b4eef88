"""Bringing a store to this version when it is opened, and refusing a newer one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from labelaudit.errors import UsageError
from labelaudit.review.tables import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

VERSION_TABLE = "labelaudit_review_version"
_LOCK = 5_270_101  # any number, the same in all processes that open a store at once


def is_current(connection: Connection, where: str) -> bool:
    """Say whether the store has this version's tables.

    Raises
    ------
    UsageError
        If a newer version of labelaudit made it, or it is another program's database.

    """
    script = _script()
    found = set(_context(connection, script).get_current_heads())
    unknown = found - {step.revision for step in script.walk_revisions()}
    if unknown:
        raise UsageError(
            where,
            f"expected a review store of version {script.get_current_head()} or older, found"
            f" {', '.join(sorted(unknown))}: a newer labelaudit made it",
            next_step="pip install --upgrade labelaudit, or name another --db",
        )
    if not found:
        _refuse_strangers(connection, where)
    return found == set(script.get_heads())


def migrate(connection: Connection, where: str) -> None:
    """Bring the store to this version; the connection is in a transaction that may write."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    if is_current(connection, where):
        return
    context = _context(connection, _script())
    with Operations.context(context):
        context.run_migrations()


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(Path(__file__).parent / "migrations"))


def _context(connection: Connection, script: ScriptDirectory) -> MigrationContext:
    return MigrationContext.configure(
        connection,
        opts={
            "fn": lambda revision, _context: script._upgrade_revs("head", revision),  # noqa: SLF001  what `alembic upgrade` calls
            "version_table": VERSION_TABLE,
            "transactional_ddl": True,
        },
    )


def _refuse_strangers(connection: Connection, where: str) -> None:
    taken = sorted(set(inspect(connection).get_table_names()) & set(METADATA.tables))
    if taken:
        raise UsageError(
            where,
            "is another program's database: it has tables of the same names",
            examples=taken,
            next_step="name another --db",
        )
