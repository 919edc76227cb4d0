"""The ladder chosen for an item, the cadence of a standing promise, and the letters due"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import JsonType, UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "item_ladder",
        *_entry(),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["task_group.id"], name="fk_item_ladder_group_id"),
        sa.ForeignKeyConstraint(["item_id"], ["action_item.id"], name="fk_item_ladder_item_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_ladder")),
    )
    op.create_index(op.f("ix_item_ladder_group_id"), "item_ladder", ["group_id"])
    op.create_index(op.f("ix_item_ladder_item_id"), "item_ladder", ["item_id"])
    op.create_table(
        "cadence",
        *_entry(),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("rule", JsonType, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["task_group.id"], name="fk_cadence_group_id"),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name="fk_cadence_commitment_id"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadence")),
    )
    op.create_index(op.f("ix_cadence_group_id"), "cadence", ["group_id"])
    op.create_index(op.f("ix_cadence_commitment_id"), "cadence", ["commitment_id"])
    op.create_table(
        "letter_due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("send_on", sa.Date(), nullable=False),
        sa.Column("clear_on", sa.Date(), nullable=False),
        sa.Column("draft_on", sa.Date(), nullable=False),
        sa.Column("updates_on", sa.Date(), nullable=False),
        sa.Column("breaks", sa.String(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["task_group.id"], name="fk_letter_due_group_id"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_letter_due_letter_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_due")),
    )
    op.create_index(op.f("ix_letter_due_group_id"), "letter_due", ["group_id"])
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("letters", JsonType, nullable=True))


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
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.drop_column("letters")
    op.drop_table("letter_due")
    op.drop_table("cadence")
    op.drop_table("item_ladder")
