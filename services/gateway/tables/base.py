"""What the tables of the read model have in common: one metadata."""

from sqlalchemy.orm import DeclarativeBase

from shared.database import named_metadata


class Base(DeclarativeBase):
    metadata = named_metadata()
