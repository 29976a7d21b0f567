"""What every table of the bibliometrics service has in common."""

from sqlalchemy.orm import DeclarativeBase

from shared.database import named_metadata

REF, PUBLICATION, CODE = 400, 400, 64  # how long a record's, a publication's and a contract's names may be


class Base(DeclarativeBase):
    metadata = named_metadata()
