"""What imported spreadsheets said"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import JsonType, UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "sheet_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("said", JsonType, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["task_group.id"], name=op.f("fk_sheet_import_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_import")),
    )
    op.create_index(op.f("ix_sheet_import_group_id"), "sheet_import", ["group_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("sheet_import")
