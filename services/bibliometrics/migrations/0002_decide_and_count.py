"""Create the decisions that people take, the counts, and the extractions that freeze them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "candidates",
        sa.Column("left", sa.String(length=400), nullable=False),
        sa.Column("right", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("ratio", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("left", "right", name=op.f("pk_candidates")),
    )
    op.create_table(
        "containers",
        sa.Column("doi", sa.String(length=400), nullable=False),
        sa.Column("ref", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("doi", "ref", name=op.f("pk_containers")),
    )
    op.create_table(
        "contestations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("ref", sa.String(length=400), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("perimeter", sa.String(length=16), nullable=False),
        sa.Column("claim", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contestations")),
    )
    op.create_index("ix_contestations_contract_entity", "contestations", ["contract", "entity"], unique=False)
    op.create_index(op.f("ix_contestations_ref"), "contestations", ["ref"], unique=False)
    op.create_table(
        "counts",
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("extraction", sa.String(length=36), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_counts")),
    )
    op.create_index("ix_counts_contract_extraction", "counts", ["contract", "extraction"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("left", sa.String(length=400), nullable=False),
        sa.Column("right", sa.String(length=400), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_because", sa.String(length=1000), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_left"), "decisions", ["left"], unique=False)
    op.create_index(op.f("ix_decisions_right"), "decisions", ["right"], unique=False)
    op.create_table(
        "extractions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("registry_version", sa.Integer(), nullable=False),
        sa.Column("extracted_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extractions")),
        sa.UniqueConstraint("contract", "code", name=op.f("uq_extractions_contract_code")),
    )
    op.create_table(
        "merges",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("publication", sa.String(length=400), nullable=False),
        sa.Column("refs", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_index("ix_merges_publication", "merges", ["publication"], unique=False)
    op.create_table(
        "frozen_publications",
        sa.Column("extraction", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=400), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction"], ["extractions.id"], name=op.f("fk_frozen_publications_extraction_extractions")
        ),
        sa.PrimaryKeyConstraint("extraction", "id", name=op.f("pk_frozen_publications")),
    )
    op.create_index("ix_frozen_publications_year", "frozen_publications", ["extraction", "year"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_frozen_publications_year", table_name="frozen_publications")
    op.drop_table("frozen_publications")
    op.drop_index("ix_merges_publication", table_name="merges")
    op.drop_table("merges")
    op.drop_table("extractions")
    op.drop_index(op.f("ix_decisions_right"), table_name="decisions")
    op.drop_index(op.f("ix_decisions_left"), table_name="decisions")
    op.drop_table("decisions")
    op.drop_index("ix_counts_contract_extraction", table_name="counts")
    op.drop_table("counts")
    op.drop_index(op.f("ix_contestations_ref"), table_name="contestations")
    op.drop_index("ix_contestations_contract_entity", table_name="contestations")
    op.drop_table("contestations")
    op.drop_table("containers")
    op.drop_table("candidates")
