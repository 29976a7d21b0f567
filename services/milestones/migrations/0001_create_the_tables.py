"""Create the tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("defined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("defined_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("contract", name=op.f("pk_plans")),
    )
    op.create_table(
        "plan_versions",
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("defined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("defined_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["contract"], ["plans.contract"], name=op.f("fk_plan_versions_contract_plans")),
        sa.PrimaryKeyConstraint("contract", "version", name=op.f("pk_plan_versions")),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        *_step(),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["contract"], ["plans.contract"], name=op.f("fk_steps_contract_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
        sa.UniqueConstraint("contract", "code", "year", name=op.f("uq_steps_contract_code_year")),
    )
    op.create_index(op.f("ix_steps_recorded_at"), "steps", ["recorded_at"], unique=False)
    op.create_table(
        "comments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("step", sa.String(length=36), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["contract"], ["plans.contract"], name=op.f("fk_comments_contract_plans")),
        sa.ForeignKeyConstraint(["step"], ["steps.id"], name=op.f("fk_comments_step_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_step"), "comments", ["step"], unique=False)
    op.create_table(
        "progress",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("step", sa.String(length=36), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["contract"], ["plans.contract"], name=op.f("fk_progress_contract_plans")),
        sa.ForeignKeyConstraint(["step"], ["steps.id"], name=op.f("fk_progress_step_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
        sa.UniqueConstraint("step", "entity", name=op.f("uq_progress_step_entity")),
    )
    op.create_index("ix_progress_contract", "progress", ["contract"], unique=False)
    op.create_index(op.f("ix_progress_recorded_at"), "progress", ["recorded_at"], unique=False)
    op.create_table(
        "step_versions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_step(),
        *_recorded(),
        sa.ForeignKeyConstraint(["id"], ["steps.id"], name=op.f("fk_step_versions_id_steps")),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_step_versions")),
    )
    op.create_index(op.f("ix_step_versions_recorded_at"), "step_versions", ["recorded_at"], unique=False)
    op.create_table(
        "progress_versions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        *_recorded(),
        sa.ForeignKeyConstraint(["id"], ["progress.id"], name=op.f("fk_progress_versions_id_progress")),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_progress_versions")),
    )
    op.create_index(op.f("ix_progress_versions_recorded_at"), "progress_versions", ["recorded_at"], unique=False)
    _create_what_every_owner_has()


def _recorded() -> list[sa.Column[Any]]:
    return [
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
    ]


def _step() -> list[sa.Column[Any]]:
    return [
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("line", sa.String(length=64), nullable=False),
        sa.Column("milestone", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=False),
        sa.Column("latest", sa.Date(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
    ]


def _create_what_every_owner_has() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("correlation_id", sa.String(length=64), nullable=False),
        sa.Column("causation_id", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("event_id", name=op.f("uq_outbox_event_id")),
    )
    op.create_index(
        "ix_outbox_unsent",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_created_at"), "idempotency_keys", ["created_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_idempotency_keys_created_at"), table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index(
        "ix_outbox_unsent",
        table_name="outbox",
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.drop_table("outbox")
    op.drop_index(op.f("ix_progress_versions_recorded_at"), table_name="progress_versions")
    op.drop_table("progress_versions")
    op.drop_index(op.f("ix_step_versions_recorded_at"), table_name="step_versions")
    op.drop_table("step_versions")
    op.drop_index(op.f("ix_progress_recorded_at"), table_name="progress")
    op.drop_index("ix_progress_contract", table_name="progress")
    op.drop_table("progress")
    op.drop_index(op.f("ix_comments_step"), table_name="comments")
    op.drop_table("comments")
    op.drop_index(op.f("ix_steps_recorded_at"), table_name="steps")
    op.drop_table("steps")
    op.drop_table("plan_versions")
    op.drop_table("plans")
