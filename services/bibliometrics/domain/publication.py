"""What a source says of one publication, in the product's own words, whatever file it came from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Source(StrEnum):
    """Where a record comes from."""

    SCOPUS = "scopus"
    SCIVAL = "scival"
    HAL = "hal"
    OPENALEX = "openalex"


class DocumentType(StrEnum):
    """What kind of document it is, whatever its source calls it."""

    ARTICLE = "article"
    CONFERENCE_PAPER = "conference_paper"
    REVIEW = "review"
    BOOK_CHAPTER = "book_chapter"
    BOOK = "book"
    EDITED_BOOK = "edited_book"
    PROCEEDINGS = "proceedings"
    DATA_PAPER = "data_paper"
    SHORT_SURVEY = "short_survey"
    EDITORIAL = "editorial"
    LETTER = "letter"
    NOTE = "note"
    ERRATUM = "erratum"
    RETRACTED = "retracted"
    CONFERENCE_REVIEW = "conference_review"
    PREPRINT = "preprint"
    THESIS = "thesis"
    REPORT = "report"
    POSTER = "poster"
    DATASET = "dataset"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """An author of a document, as far as the source tells: identifiers are bare, affiliations are texts.

    `name` is the short form (« El housse M. »), `full_name` the long one (« El housse, Mohamed »).
    `affiliation_ids` are written `scopus:60009587`, `ror:02jx3x895`, `hal_structure:1043224`.
    """

    name: str = ""
    full_name: str = ""
    scopus_id: str = ""
    orcid: str = ""
    idhal: str = ""
    affiliations: tuple[str, ...] = ()
    affiliation_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentile:
    """A citation percentile as a SciVal column gives it: 1 is the top 1 %, lower is better; `column` is its heading."""

    value: Decimal | None
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """The sustainable development goals that a classifier gives; `mapping` is its version, as 2023 (empty: unsaid)."""

    numbers: tuple[int, ...]
    mapping: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One document in one source. What its file had no column for is empty, or none where emptiness says something.

    `key` tells it apart within its source: the source's own identifier, or one made of what it says. `eid` is digits
    alone, `doi` lower case and bare, `hal_id` without its version, `isbns` thirteen digits. `year` is none where the
    source gives none. `author_count` is the announced total, `authors_cut` whether some authors are missing here.
    `field_weighted` and `plain` are the two percentiles of SciVal, none where the file has no such column; `goals` too.
    `affiliations` and `affiliation_ids` are those of the document; `datasets` the names of the sets it was exported in.
    `reviewed` and `international` are what a depositor of HAL says. `is_secondary`: known from references alone.
    """

    source: Source
    key: str
    title: str
    year: int | None = None
    type: DocumentType = DocumentType.UNKNOWN
    raw_type: str = ""
    stage: str = ""
    eid: str = ""
    doi: str = ""
    hal_id: str = ""
    openalex_id: str = ""
    pubmed_id: str = ""
    isbns: tuple[str, ...] = ()
    issns: tuple[str, ...] = ()
    source_title: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    published_on: date | None = None
    language: str = ""
    authors: tuple[Author, ...] = ()
    author_count: int | None = None
    authors_cut: bool = False
    affiliations: tuple[str, ...] = ()
    affiliation_ids: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    citations: int | None = None
    fwci: Decimal | None = None
    field_weighted: Percentile | None = None
    plain: Percentile | None = None
    goals: tuple[Goals, ...] = ()
    open_access: tuple[str, ...] = ()
    reviewed: bool | None = None
    international: bool | None = None
    is_secondary: bool = False
    is_retracted: bool = False
