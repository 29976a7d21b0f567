"""Keep the history, assessments and rehearsals.

A read model built before holds no history: it is emptied, so that it is built again from the events. Stop the gateway
first: one that still runs would write how far it has read into the emptied read model.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BUILT_FROM_EVENTS = ("contracts", "observations", "parked_messages", "positions", "read_models")


def upgrade() -> None:
    op.create_table(
        "contract_versions",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("defined_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", "version", name=op.f("pk_contract_versions")),
    )
    op.create_table(
        "observation_versions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("indicator", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("perimeter", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("absence", sa.String(length=16), nullable=True),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_observation_versions")),
    )
    op.create_index("ix_observation_versions_contract", "observation_versions", ["contract"], unique=False)
    op.create_table("assessments", *_assessment(), sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")))
    op.create_index("ix_assessments_contract", "assessments", ["contract"], unique=False)
    op.create_table(
        "assessment_versions",
        *_assessment(),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_assessment_versions")),
    )
    op.create_index("ix_assessment_versions_contract", "assessment_versions", ["contract"], unique=False)
    op.create_table(
        "rehearsals",
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("observations", sa.Text(), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("contract", name=op.f("pk_rehearsals")),
    )
    for table in _BUILT_FROM_EVENTS:
        op.execute(sa.delete(sa.table(table)))


def _assessment() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("indicator", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=64), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
    ]


def downgrade() -> None:
    """What stands stays; only the history, assessments and rehearsals go."""
    op.drop_table("rehearsals")
    op.drop_index("ix_assessment_versions_contract", table_name="assessment_versions")
    op.drop_table("assessment_versions")
    op.drop_index("ix_assessments_contract", table_name="assessments")
    op.drop_table("assessments")
    op.drop_index("ix_observation_versions_contract", table_name="observation_versions")
    op.drop_table("observation_versions")
    op.drop_table("contract_versions")
