"""The rows of the bibliometrics service: registries, the corpus, decisions, counts, extractions and fetches."""

from pathlib import Path

from shared import idempotency, outbox
from shared.migrations import Schema

from .base import Base
from .corpus import AttributionRow, CorpusRow, ImportRow, PublicationRow, RecordRow, SnapshotRow, TokenRow
from .counts import CountRow, ExtractionRow, FrozenRow
from .decisions import CandidateRow, ContainerRow, ContestationRow, DecisionRow, MergeRow
from .fetches import FetchPageRow, FetchRow
from .registries import RegistryRow, RegistryVersionRow

__all__ = [
    "SCHEMA",
    "AttributionRow",
    "Base",
    "CandidateRow",
    "ContainerRow",
    "ContestationRow",
    "CorpusRow",
    "CountRow",
    "DecisionRow",
    "ExtractionRow",
    "FetchPageRow",
    "FetchRow",
    "FrozenRow",
    "ImportRow",
    "MergeRow",
    "PublicationRow",
    "RecordRow",
    "RegistryRow",
    "RegistryVersionRow",
    "SnapshotRow",
    "TokenRow",
]

SCHEMA = Schema(
    (Base.metadata, outbox.metadata, idempotency.metadata),
    Path(__file__).parent.parent / "migrations",
)
