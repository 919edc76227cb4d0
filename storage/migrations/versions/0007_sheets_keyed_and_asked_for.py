"""What spreadsheets said is kept under keys, and the register is asked for as a file

The digests that stood there had no keys, and cannot be given any: they are dropped. The next
import of a file compares it with the register alone, as the first one did.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import JsonType, UtcDateTime

revision = "0007"
down_revision = "0006"

IMPORTS = sa.table("sheet_import", sa.column("sha256", sa.String()), sa.column("said", JsonType))


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("sheet_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key", sa.String(), nullable=False, server_default=""))
    op.execute(sa.update(IMPORTS).values(sha256="", said={}))
    with op.batch_alter_table("sheet_import", schema=None) as batch_op:
        batch_op.alter_column("key", server_default=None)
    op.create_table(
        "export_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["task_group.id"], name=op.f("fk_export_wish_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_export_wish_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_wish")),
    )
    op.create_index(op.f("ix_export_wish_group_id"), "export_wish", ["group_id"])


def downgrade() -> None:
    """Take the change back; digests that have keys say nothing without them."""
    op.drop_table("export_wish")
    op.execute(sa.update(IMPORTS).values(sha256="", said={}))
    with op.batch_alter_table("sheet_import", schema=None) as batch_op:
        batch_op.drop_column("key")
