"""The ledger of reminders is read by day"""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the change."""
    op.create_index("ix_nudge_decided", "nudge", ["group_id", "decided_at"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_nudge_decided", table_name="nudge")
