"""Make the first tables: runs, flags, decisions, events and the head of their chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _runs()
    _flags()
    _decisions()
    _chain()


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Text(), primary_key=True),
        *_text("dataset", "audit_sha256", "config_sha256", "code_version"),
        sa.Column("parent", sa.Text(), sa.ForeignKey("runs.id")),
        *_text("created"),
    )


def _flags() -> None:
    op.create_table(
        "flags",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("run_id", sa.Text(), sa.ForeignKey("runs.id"), nullable=False),
        _whole("round"),
        *_text("question_id", "item_id", "batch_id"),
        sa.Column("vendor", sa.Text()),
        *_text("reasons"),
        _whole("place"),
        sa.Column("risk", sa.Double()),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("label", sa.Text()),
        *_text("votes"),
        sa.Column("gold", sa.Text()),
        *_text("drawn"),
        sa.Column("probability", sa.Double(), nullable=False),
        *_text("unit"),
        sa.Column("content", sa.Text()),
        *_text("shuffled", "status"),
        _whole("version"),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("claimed_until", sa.Text()),
        sa.CheckConstraint("status IN ('open', 'skipped', 'decided')", name="flags_status"),
        sa.UniqueConstraint("run_id", "unit", "round", name="flags_unit_once_a_round"),
    )
    op.create_index("flags_by_place", "flags", ["run_id", "place", "id"])
    op.create_index("flags_open_by_place", "flags", ["run_id", "status", "place", "id"])
    op.create_index("flags_open_shuffled", "flags", ["run_id", "status", "shuffled", "id"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("flag_id", sa.Integer(), sa.ForeignKey("flags.id"), nullable=False),
        *(_whole(name) for name in ("version", "round")),
        *_text("reviewer", "kind"),
        sa.Column("label", sa.Text()),
        *_text("note", "queue_order"),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("shown_ms", sa.Integer()),
        sa.Column("supersedes", sa.Integer(), sa.ForeignKey("decisions.id")),
        sa.Column("carried_from", sa.Integer(), sa.ForeignKey("decisions.id")),
        *_text("at"),
        sa.UniqueConstraint("flag_id", "version", name="decisions_one_a_version"),
        sa.UniqueConstraint("supersedes", name="decisions_superseded_once"),
    )


def _chain() -> None:
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        *_text("actor", "action", "object", "detail", "at", "prev_hash", "hash"),
    )
    head = op.create_table(
        "head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        _whole("seq"),
        *_text("hash"),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])
