"""Create the fetches: what is asked of Scopus and HAL themselves, and the pages that came."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fetches",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("remaining", sa.Integer(), nullable=True),
        sa.Column("resets_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resumes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("extracted_on", sa.Date(), nullable=True),
        sa.Column("import_id", sa.String(length=36), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_fetches_import_id_imports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetches")),
    )
    op.create_index(op.f("ix_fetches_status"), "fetches", ["status"], unique=False)
    op.create_index(op.f("ix_fetches_started_at"), "fetches", ["started_at"], unique=False)
    op.create_table(
        "fetch_pages",
        sa.Column("fetch", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["fetch"], ["fetches.id"], name=op.f("fk_fetch_pages_fetch_fetches")),
        sa.PrimaryKeyConstraint("fetch", "number", name=op.f("pk_fetch_pages")),
    )


def downgrade() -> None:
    op.drop_table("fetch_pages")
    op.drop_index(op.f("ix_fetches_started_at"), table_name="fetches")
    op.drop_index(op.f("ix_fetches_status"), table_name="fetches")
    op.drop_table("fetches")
