"""Keep what checks saw of people, and what both sides say of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_STATES = "('open', 'appealed', 'upheld', 'withdrawn')"


def upgrade() -> None:
    """Make the tables of flags on people and of notes upon them."""
    op.create_table(
        "person_flags",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Text(), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("annotator_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("question_id", "batch_id", "vendor")),
        *_texts("check", "outcome", "severity", "message", "evidence", "state"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("follows", sa.Integer(), sa.ForeignKey("person_flags.id")),
        sa.CheckConstraint(f"state IN {_STATES}", name="person_flags_state"),
    )
    op.create_index("person_flags_of_run", "person_flags", ["run_id", "id"])
    op.create_table(
        "person_notes",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("flag_id", sa.Integer(), sa.ForeignKey("person_flags.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_texts("actor", "side", "state", "note"),
        sa.Column("carried_from", sa.Integer(), sa.ForeignKey("person_notes.id")),
        *_texts("at"),
        sa.UniqueConstraint("flag_id", "version", name="person_notes_one_a_version"),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
