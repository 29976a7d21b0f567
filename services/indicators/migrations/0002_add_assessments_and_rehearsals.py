"""Add assessments and rehearsals."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("indicator", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        *_judgement(),
        sa.ForeignKeyConstraint(["contract"], ["contracts.code"], name=op.f("fk_assessments_contract_contracts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
        sa.UniqueConstraint(
            "contract", "indicator", "entity", "year", name=op.f("uq_assessments_contract_indicator_entity_year")
        ),
    )
    op.create_table(
        "assessment_versions",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_judgement(),
        sa.ForeignKeyConstraint(["id"], ["assessments.id"], name=op.f("fk_assessment_versions_id_assessments")),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_assessment_versions")),
    )
    op.create_table(
        "rehearsals",
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=True),
        sa.Column("observations", sa.Text(), nullable=True),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("staged_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["contract"], ["contracts.code"], name=op.f("fk_rehearsals_contract_contracts")),
        sa.PrimaryKeyConstraint("contract", name=op.f("pk_rehearsals")),
    )


def _judgement() -> list[sa.Column[object]]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
    ]


def downgrade() -> None:
    op.drop_table("rehearsals")
    op.drop_table("assessment_versions")
    op.drop_table("assessments")
