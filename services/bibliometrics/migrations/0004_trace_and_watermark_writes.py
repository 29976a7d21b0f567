"""Keep the trace of each event's call, and what a call that is repeated was told of its events."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("trace", sa.String(length=64), server_default="", nullable=False))
    op.add_column("idempotency_keys", sa.Column("watermark", sa.String(length=64), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("idempotency_keys", "watermark")
    op.drop_column("outbox", "trace")
