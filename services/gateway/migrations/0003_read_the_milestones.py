"""Read the milestones.

Their topic was never read before: nothing is emptied, and it is read from its beginning.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TOPIC = "cadran.milestones"


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("contract", sa.String(length=64), nullable=False),
        *_plan(),
        sa.PrimaryKeyConstraint("contract", name=op.f("pk_plans")),
    )
    op.create_table(
        "plan_versions",
        sa.Column("contract", sa.String(length=64), nullable=False),
        *_plan(),
        sa.PrimaryKeyConstraint("contract", "version", name=op.f("pk_plan_versions")),
    )
    op.create_table("steps", *_step(), sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")))
    op.create_index("ix_steps_contract", "steps", ["contract"], unique=False)
    op.create_table("step_versions", *_step(), sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_step_versions")))
    op.create_index("ix_step_versions_contract", "step_versions", ["contract"], unique=False)
    op.create_table("progress", *_progress(), sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")))
    op.create_index("ix_progress_contract", "progress", ["contract"], unique=False)
    op.create_table(
        "progress_versions",
        *_progress(),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_progress_versions")),
    )
    op.create_index("ix_progress_versions_contract", "progress_versions", ["contract"], unique=False)
    op.create_table(
        "comments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=36), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_recorded(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index("ix_comments_contract", "comments", ["contract"], unique=False)


def _plan() -> list[sa.Column[object]]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("defined_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _step() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("line", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("conditional", sa.Boolean(), nullable=False),
        sa.Column("recurrent", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("pilot", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        *_recorded(),
    ]


def _progress() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=36), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("share", sa.String(length=40), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("forecast", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        *_recorded(),
    ]


def _recorded() -> list[sa.Column[object]]:
    return [
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
    ]


def downgrade() -> None:
    """What the other owners stated stays; the milestones go, and with them how far they had been read."""
    for table in ("comments", "progress_versions", "progress", "step_versions", "steps"):
        op.drop_index(f"ix_{table}_contract", table_name=table)
        op.drop_table(table)
    op.drop_table("plan_versions")
    op.drop_table("plans")
    positions = sa.table("positions", sa.column("topic"))
    op.execute(sa.delete(positions).where(positions.c.topic == _TOPIC))
