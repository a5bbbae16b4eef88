"""The tables of the store. Every change to them needs a migration beside the others.

Numbers of rows are given by the store, in order and without gaps, while it alone may write:
so they are the same in SQLite, in PostgreSQL and in a backup.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from labelaudit.review.columns import Moment, Words

METADATA = MetaData()

RUNS = Table(
    "runs",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("dataset", Words, nullable=False),
    Column("audit_sha256", Text, nullable=False),
    Column("config_sha256", Text, nullable=False),
    Column("code_version", Text, nullable=False),
    Column("parent", Text, ForeignKey("runs.id")),
    Column("created", Moment, nullable=False),
    Column("cards", Text),  # the SHA-256 of the file that its cards came from
)

FLAGS = Table(
    "flags",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("question_id", Words, nullable=False),
    Column("item_id", Words, nullable=False),
    Column("batch_id", Words, nullable=False),
    Column("vendor", Words),
    Column("reasons", Words, nullable=False),
    Column("place", Integer, nullable=False),
    Column("risk", Double),
    Column("weight", Double, nullable=False),
    Column("label", Words),
    Column("votes", Words, nullable=False),
    Column("gold", Words),
    Column("drawn", Text, nullable=False),
    Column("probability", Double, nullable=False),
    Column("unit", Text, nullable=False),  # a hash of question and item: ids may be very long
    Column("content", Text),  # a hash of what was judged; without one nothing is carried over
    Column("shuffled", Text, nullable=False),  # a hash: its order is a random one
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("claimed_by", Words),
    Column("claimed_until", Moment),
    CheckConstraint("status IN ('open', 'skipped', 'decided')", name="flags_status"),
    UniqueConstraint("run_id", "unit", "round", name="flags_unit_once_a_round"),
    Index("flags_by_place", "run_id", "place", "id"),
    Index("flags_open_by_place", "run_id", "status", "place", "id"),
    Index("flags_open_shuffled", "run_id", "status", "shuffled", "id"),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("flag_id", Integer, ForeignKey("flags.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("reviewer", Words, nullable=False),
    Column("kind", Text, nullable=False),
    Column("label", Words),
    Column("note", Words, nullable=False),
    Column("queue_order", Text, nullable=False),
    Column("probability", Double, nullable=False),
    Column("shown_ms", Integer),
    Column("supersedes", Integer, ForeignKey("decisions.id")),
    Column("carried_from", Integer, ForeignKey("decisions.id")),
    Column("at", Moment, nullable=False),
    # the database itself refuses a second decision upon the same state of a flag
    UniqueConstraint("flag_id", "version", name="decisions_one_a_version"),
    UniqueConstraint("supersedes", name="decisions_superseded_once"),
)

CARDS = Table(
    "cards",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    Column("unit", Text, nullable=False),  # as in flags: every round shows the same card
    Column("question_id", Words, nullable=False),
    Column("scale", Text, nullable=False),
    Column("labels", Words, nullable=False),
    Column("shown", Words, nullable=False),
    Column("pair", Words, nullable=False),
    Column("answers", Words, nullable=False),
    Column("image", Words),
    Column("answers_left_out", Integer, nullable=False),
    UniqueConstraint("run_id", "unit", name="cards_one_a_unit"),
)

PERSON_FLAGS = Table(
    "person_flags",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    Column("annotator_id", Words, nullable=False),
    Column("question_id", Words),
    Column("batch_id", Words),
    Column("vendor", Words),
    Column("check", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("message", Words, nullable=False),
    Column("evidence", Words, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("follows", Integer, ForeignKey("person_flags.id")),
    CheckConstraint(
        "state IN ('open', 'appealed', 'upheld', 'withdrawn')", name="person_flags_state"
    ),
    Index("person_flags_of_run", "run_id", "id"),
)

PERSON_NOTES = Table(
    "person_notes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("flag_id", Integer, ForeignKey("person_flags.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("actor", Words, nullable=False),
    Column("side", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("note", Words, nullable=False),
    Column("carried_from", Integer, ForeignKey("person_notes.id")),
    Column("at", Moment, nullable=False),
    UniqueConstraint("flag_id", "version", name="person_notes_one_a_version"),
)

EXPORTS = Table(
    "exports",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("with_answers", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("sha256", Text, nullable=False),  # of the rows in `sent`
    Column("actor", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Index("exports_of_run", "run_id", "id"),
)

SENT = Table(
    "sent",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("export_id", Integer, ForeignKey("exports.id"), nullable=False),
    Column("unit", Text, nullable=False),
    Column("question_id", Words, nullable=False),
    Column("item_id", Words, nullable=False),
    Column("old_label", Words),
    Column("reason", Text, nullable=False),
    Column("decision_id", Integer, ForeignKey("decisions.id")),  # none where only planned
    Index("sent_by_export", "export_id", "id"),
    Index("sent_decisions", "decision_id"),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("actor", Words, nullable=False),
    Column("action", Text, nullable=False),
    Column("object", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("at", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

HEAD = Table(
    "head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)
