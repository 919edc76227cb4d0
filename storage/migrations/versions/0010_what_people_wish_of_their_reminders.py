"""When somebody wishes to be asked, and which messages have buttons that still stand"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "snooze",
        *_entry(),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["task_group.id"], name=op.f("fk_snooze_group_id")),
        sa.ForeignKeyConstraint(["item_id"], ["action_item.id"], name=op.f("fk_snooze_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snooze")),
    )
    op.create_index(op.f("ix_snooze_group_id"), "snooze", ["group_id"])
    op.create_index(op.f("ix_snooze_item_id"), "snooze", ["item_id"])
    op.create_table(
        "ask_day",
        *_entry(),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["task_group.id"], name=op.f("fk_ask_day_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ask_day_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_day")),
    )
    op.create_index(op.f("ix_ask_day_group_id"), "ask_day", ["group_id"])
    op.create_index(op.f("ix_ask_day_person_id"), "ask_day", ["person_id"])
    op.create_table(
        "standing_buttons",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["action_item.id"], name=op.f("fk_standing_buttons_item_id")
        ),
        sa.PrimaryKeyConstraint("item_id", "outbox_id", name=op.f("pk_standing_buttons")),
    )
    op.create_index(
        "ix_outbox_target",
        "outbox",
        ["target_id"],
        postgresql_where=sa.text("target_id IS NOT NULL"),
        sqlite_where=sa.text("target_id IS NOT NULL"),
    )


def _entry() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("retracts", sa.Boolean(), nullable=False),
    ]


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_outbox_target", table_name="outbox")
    op.drop_table("standing_buttons")
    op.drop_table("ask_day")
    op.drop_table("snooze")
