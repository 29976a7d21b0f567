"""What an extraction rests on, and what may become of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Provisional, then definitive: one way."""

    PROVISIONAL = "provisional"
    DEFINITIVE = "definitive"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the corpus: its digest, and the days that it tells."""

    source: str
    sha256: str
    dataset: str = ""
    extracted_on: date | None = None
    updated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an extraction was counted with; it never changes.

    `rules` is the version of the rules of counting, `affiliations` and `staff` those of its registry's parts.
    """

    label: str
    rules: str
    affiliations: int
    staff: int
    years: tuple[int, ...]
    publications: int
    files: tuple[File, ...] = ()
    note: str | None = None
