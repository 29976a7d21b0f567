"""The registries: under which names each contract's entities sign, who is staff, and what is counted."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.database import UtcDateTime

from .base import CODE, Base


class _Registry:
    """`affiliations` and `staff` are versions of their own: they grow when that part changes."""

    version: Mapped[int] = mapped_column(Integer)
    definition: Mapped[str] = mapped_column(Text)
    affiliations: Mapped[int] = mapped_column(Integer)
    staff: Mapped[int] = mapped_column(Integer)
    defined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    defined_by: Mapped[str] = mapped_column(String(200))


class RegistryRow(_Registry, Base):
    __tablename__ = "registries"

    contract: Mapped[str] = mapped_column(String(CODE), primary_key=True)


class RegistryVersionRow(_Registry, Base):
    __tablename__ = "registry_versions"

    contract: Mapped[str] = mapped_column(ForeignKey("registries.contract"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
