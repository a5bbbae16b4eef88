"""Keep what was sent to vendors, row by row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables of exports and of the rows that each sent."""
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Text(), sa.ForeignKey("runs.id"), nullable=False),
        *_texts("name", "what", "format"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("with_answers", "rows")),
        *_texts("sha256", "actor", "at"),
    )
    op.create_index("exports_of_run", "exports", ["run_id", "id"])
    op.create_table(
        "sent",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("export_id", sa.Integer(), sa.ForeignKey("exports.id"), nullable=False),
        *_texts("unit", "question_id", "item_id"),
        sa.Column("old_label", sa.Text()),
        *_texts("reason"),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decisions.id")),
    )
    op.create_index("sent_by_export", "sent", ["export_id", "id"])
    op.create_index("sent_decisions", "sent", ["decision_id"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
