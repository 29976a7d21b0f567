"""Create the tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
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
        "corpus",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corpus")),
    )
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
        "imports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("filename", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=False),
        sa.Column("dataset", sa.String(length=500), nullable=False),
        sa.Column("extracted_on", sa.Date(), nullable=True),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_imported_at"), "imports", ["imported_at"], unique=False)
    op.create_index(op.f("ix_imports_sha256"), "imports", ["sha256"], unique=False)
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
        "publications",
        sa.Column("id", sa.String(length=400), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("excluded", sa.String(length=32), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_year"), "publications", ["year"], unique=False)
    op.create_table(
        "records",
        sa.Column("ref", sa.String(length=400), nullable=False),
        sa.Column("publication", sa.String(length=400), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_records")),
    )
    op.create_index(op.f("ix_records_publication"), "records", ["publication"], unique=False)
    op.create_table(
        "registries",
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("affiliations", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("defined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("defined_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("contract", name=op.f("pk_registries")),
    )
    op.create_table(
        "tokens",
        sa.Column("token", sa.String(length=400), nullable=False),
        sa.Column("ref", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("token", "ref", name=op.f("pk_tokens")),
    )
    op.create_index("ix_tokens_ref", "tokens", ["ref"], unique=False)
    op.create_table(
        "attributions",
        sa.Column("publication", sa.String(length=400), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication"],
            ["publications.id"],
            name=op.f("fk_attributions_publication_publications"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("publication", "contract", "entity", name=op.f("pk_attributions")),
    )
    op.create_index("ix_attributions_contract_entity", "attributions", ["contract", "entity"], unique=False)
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
    op.create_table(
        "registry_versions",
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("affiliations", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("defined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("defined_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract"], ["registries.contract"], name=op.f("fk_registry_versions_contract_registries")
        ),
        sa.PrimaryKeyConstraint("contract", "version", name=op.f("pk_registry_versions")),
    )
    op.create_table(
        "snapshots",
        sa.Column("ref", sa.String(length=400), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("extracted_on", sa.Date(), nullable=False),
        sa.Column("import_id", sa.String(length=36), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_snapshots_import_id_imports")),
        sa.PrimaryKeyConstraint("ref", "digest", name=op.f("pk_snapshots")),
    )
    op.create_index(op.f("ix_snapshots_import_id"), "snapshots", ["import_id"], unique=False)
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
    op.drop_index(op.f("ix_snapshots_import_id"), table_name="snapshots")
    op.drop_table("snapshots")
    op.drop_table("registry_versions")
    op.drop_index("ix_frozen_publications_year", table_name="frozen_publications")
    op.drop_table("frozen_publications")
    op.drop_index("ix_attributions_contract_entity", table_name="attributions")
    op.drop_table("attributions")
    op.drop_index("ix_tokens_ref", table_name="tokens")
    op.drop_table("tokens")
    op.drop_table("registries")
    op.drop_index(op.f("ix_records_publication"), table_name="records")
    op.drop_table("records")
    op.drop_index(op.f("ix_publications_year"), table_name="publications")
    op.drop_table("publications")
    op.drop_index("ix_merges_publication", table_name="merges")
    op.drop_table("merges")
    op.drop_index(op.f("ix_imports_sha256"), table_name="imports")
    op.drop_index(op.f("ix_imports_imported_at"), table_name="imports")
    op.drop_table("imports")
    op.drop_table("extractions")
    op.drop_index(op.f("ix_decisions_right"), table_name="decisions")
    op.drop_index(op.f("ix_decisions_left"), table_name="decisions")
    op.drop_table("decisions")
    op.drop_index("ix_counts_contract_extraction", table_name="counts")
    op.drop_table("counts")
    op.drop_table("corpus")
    op.drop_index(op.f("ix_contestations_ref"), table_name="contestations")
    op.drop_index("ix_contestations_contract_entity", table_name="contestations")
    op.drop_table("contestations")
    op.drop_table("containers")
    op.drop_table("candidates")
