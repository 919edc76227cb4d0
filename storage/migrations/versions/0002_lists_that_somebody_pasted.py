"""Lists of actions that somebody pasted"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import JsonType, UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "pasted_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words_id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("settled", JsonType, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["task_group.id"], name=op.f("fk_pasted_list_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_pasted_list_person_id")
        ),
        sa.ForeignKeyConstraint(["words_id"], ["words.id"], name=op.f("fk_pasted_list_words_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pasted_list")),
        sa.UniqueConstraint(
            "group_id", "source_key", name=op.f("uq_pasted_list_group_id_source_key")
        ),
    )
    with op.batch_alter_table("pasted_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pasted_list_group_id"), ["group_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("pasted_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pasted_list_group_id"))
    op.drop_table("pasted_list")
