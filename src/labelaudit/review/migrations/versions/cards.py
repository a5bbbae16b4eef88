"""Keep what a reviewer is shown of each unit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of cards."""
    op.add_column("runs", sa.Column("cards", sa.Text()))
    needed = ("unit", "question_id", "scale", "labels", "shown", "pair", "answers")
    op.create_table(
        "cards",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Text(), sa.ForeignKey("runs.id"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in needed),
        sa.Column("image", sa.Text()),
        sa.Column("answers_left_out", sa.Integer(), nullable=False),
        sa.UniqueConstraint("run_id", "unit", name="cards_one_a_unit"),
    )
