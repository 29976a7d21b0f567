"""What of a record decides which others it is of one publication with."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from services.bibliometrics.domain import normalising
from services.bibliometrics.domain.publication import DocumentType, Record

from .authors import same_family_name
from .titles import compared, says_notice, says_retracted
from .words import Ref, ref


class Extent(Enum):
    """A book, or a part of one; the other types are neither."""

    WHOLE = auto()
    PART = auto()


class State(Enum):
    """A document, a document that was retracted, or a notice about a document."""

    STANDING = auto()
    RETRACTED = auto()
    NOTICE = auto()


_WHOLE = frozenset({DocumentType.BOOK, DocumentType.EDITED_BOOK, DocumentType.PROCEEDINGS})
_BOOK = frozenset({DocumentType.BOOK, DocumentType.EDITED_BOOK})
_PART = frozenset({DocumentType.BOOK_CHAPTER, DocumentType.ARTICLE, DocumentType.CONFERENCE_PAPER})
_folded = lru_cache(maxsize=50_000)(normalising.folded)


@dataclass(frozen=True, slots=True)
class Traits:
    """A record with what is compared of it; `key` is its title's."""

    ref: Ref
    record: Record
    key: str
    extent: Extent | None
    state: State

    @classmethod
    def of(cls, record: Record) -> "Traits":
        return cls(ref(record), record, compared(record.title), _extent(record.type), _state(record))

    @property
    def year(self) -> int | None:
        return self.record.year

    @property
    def doi(self) -> str:
        return self.record.doi

    @property
    def is_notice(self) -> bool:
        return self.state is State.NOTICE


def _extent(kind: DocumentType) -> Extent | None:
    if kind in _WHOLE:
        return Extent.WHOLE
    return Extent.PART if kind in _PART else None


def _state(record: Record) -> State:
    if record.type is DocumentType.ERRATUM or says_notice(record.title):
        return State.NOTICE
    if record.type is DocumentType.RETRACTED or says_retracted(record.title):
        return State.RETRACTED
    return State.STANDING


def book_isbns(record: Record) -> frozenset[str]:
    """The ISBNs of a book; those of a chapter are its book's, and those of proceedings their papers' too."""
    return frozenset(record.isbns) - {""} if record.type in _BOOK else frozenset()


def clash(one: Traits, other: Traits) -> bool:
    """Whether these cannot be one document: a book and a part of one, or a notice and what it is about."""
    return {one.extent, other.extent} == set(Extent) or one.is_notice is not other.is_notice


def two_dois(one: Traits, other: Traits) -> bool:
    return bool(one.doi and other.doi) and one.doi != other.doi


def same_year(one: Traits, other: Traits) -> bool:
    """Whether both years are known, and within one of each other."""
    return one.year is not None and other.year is not None and abs(one.year - other.year) <= 1


def same_origin(one: Traits, other: Traits) -> bool:
    """Whether the first authors have one family name, or both appeared in one place."""
    return _same_first_author(one.record, other.record) or _same_place(one.record, other.record)


def _same_first_author(one: Record, other: Record) -> bool:
    return bool(one.authors and other.authors) and same_family_name(one.authors[0], other.authors[0])


def _same_place(one: Record, other: Record) -> bool:
    place = _folded(one.source_title)
    return place != "" and place == _folded(other.source_title)
