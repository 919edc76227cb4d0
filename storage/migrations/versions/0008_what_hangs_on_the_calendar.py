"""Items that hang on a meeting or recess, and what a change of the calendar still touches"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import JsonType, UtcDateTime

revision = "0008"
down_revision = "0007"

OPEN = sa.text("finished_at IS NULL")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "calendar_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("nations", JsonType, nullable=False),
        sa.Column("people", JsonType, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("after_owner_id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["task_group.id"], name=op.f("fk_calendar_task_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_task")),
    )
    op.create_index(op.f("ix_calendar_task_group_id"), "calendar_task", ["group_id"])
    op.create_index(
        "ix_calendar_task_open",
        "calendar_task",
        ["id"],
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("anchored", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_index(
        "ix_action_item_anchored",
        "action_item",
        ["group_id", "id"],
        postgresql_where=sa.text("anchored"),
        sqlite_where=sa.text("anchored = 1"),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_action_item_anchored", table_name="action_item")
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.drop_column("anchored")
    op.drop_index("ix_calendar_task_open", table_name="calendar_task")
    op.drop_index(op.f("ix_calendar_task_group_id"), table_name="calendar_task")
    op.drop_table("calendar_task")
