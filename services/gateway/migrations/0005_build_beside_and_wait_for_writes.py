"""Say in which schema the living read model is, and remember for a while which call caused which event."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    generations = op.create_table(
        "generations",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("schema", sa.String(length=63), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generations")),
    )
    op.bulk_insert(generations, [{"id": 1, "schema": "public"}])
    op.create_table(
        "recent_events",
        sa.Column("causation_id", sa.String(length=64), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("causation_id", "event_id", name=op.f("pk_recent_events")),
    )
    op.create_index("ix_recent_events_time", "recent_events", ["time"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_recent_events_time", table_name="recent_events")
    op.drop_table("recent_events")
    op.drop_table("generations")
