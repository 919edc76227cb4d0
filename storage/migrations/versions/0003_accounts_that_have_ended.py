"""An account may stop being somebody's, and be somebody else's later"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0003"
down_revision = "0002"

STANDING = sa.text("ended_at IS NULL")
OWN = ["group_id", "team_id", "user_id"]


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_at", UtcDateTime(), nullable=True))
        batch_op.drop_constraint("uq_account_group_id_team_id_user_id", type_="unique")
    op.create_index(
        "ix_account_standing",
        "account",
        OWN,
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_account_standing", table_name="account")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_unique_constraint("uq_account_group_id_team_id_user_id", OWN)
        batch_op.drop_column("ended_at")
