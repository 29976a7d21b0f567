"""Read the bibliometrics.

Their topic was never read before: nothing is emptied, and it is read from its beginning.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TOPIC = "cadran.bibliometrics"


def upgrade() -> None:
    op.create_table("measures", *_measures(), sa.PrimaryKeyConstraint("contract", name=op.f("pk_measures")))
    op.create_table(
        "measures_versions",
        *_measures(),
        sa.PrimaryKeyConstraint("contract", "version", name=op.f("pk_measures_versions")),
    )
    op.create_table("extractions", *_extraction(), sa.PrimaryKeyConstraint("id", name=op.f("pk_extractions")))
    op.create_index("ix_extractions_contract", "extractions", ["contract"], unique=False)
    op.create_table(
        "extraction_versions",
        *_extraction(),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_extraction_versions")),
    )
    op.create_index("ix_extraction_versions_contract", "extraction_versions", ["contract"], unique=False)
    op.create_table("counts", *_count(), sa.PrimaryKeyConstraint("subject", name=op.f("pk_counts")))
    op.create_index("ix_counts_contract", "counts", ["contract", "extraction"], unique=False)
    op.create_table(
        "count_versions",
        *_count(),
        sa.PrimaryKeyConstraint("subject", "version", name=op.f("pk_count_versions")),
    )
    op.create_index("ix_count_versions_contract", "count_versions", ["contract", "extraction"], unique=False)


def _measures() -> list[sa.Column[object]]:
    return [
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("declared", sa.Text(), nullable=False),
        sa.Column("defined_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _extraction() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("extracted_on", sa.Date(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("affiliations", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("years", sa.Text(), nullable=False),
        sa.Column("publications", sa.Integer(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        *_recorded(),
    ]


def _count() -> list[sa.Column[object]]:
    return [
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("extraction", sa.String(length=36), nullable=False),
        sa.Column("measure", sa.String(length=64), nullable=False),
        sa.Column("perimeter", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.Column("fractional", sa.String(length=40), nullable=True),
        sa.Column("numerator", sa.String(length=40), nullable=True),
        sa.Column("denominator", sa.String(length=40), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("known", sa.Integer(), nullable=True),
        sa.Column("low", sa.String(length=40), nullable=True),
        sa.Column("high", sa.String(length=40), nullable=True),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("mapping", sa.Text(), nullable=True),
        sa.Column("together", sa.Text(), nullable=True),
        *_recorded(),
    ]


def _recorded() -> list[sa.Column[object]]:
    return [
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
    ]


def downgrade() -> None:
    """What the other owners stated stays; the bibliometrics go, and with them how far they had been read."""
    for table in ("count_versions", "counts", "extraction_versions", "extractions"):
        op.drop_index(f"ix_{table}_contract", table_name=table)
        op.drop_table(table)
    op.drop_table("measures_versions")
    op.drop_table("measures")
    positions = sa.table("positions", sa.column("topic"))
    op.execute(sa.delete(positions).where(positions.c.topic == _TOPIC))
