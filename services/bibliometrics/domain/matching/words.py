"""What matching speaks of: references to records, decisions, links, what awaits a person, and the whole outcome."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from services.bibliometrics.domain.publication import Record

Ref: TypeAlias = str
"""A record by its source and its key there: `scopus:85125536561`."""


def ref(record: Record) -> Ref:
    return f"{record.source}:{record.key}"


class Verdict(StrEnum):
    """What a person says of two records."""

    SAME = "same"
    DISTINCT = "distinct"


@dataclass(frozen=True, slots=True)
class Decision:
    """That two records are of one publication, or of two."""

    left: Ref
    right: Ref
    verdict: Verdict


class Rule(StrEnum):
    """Why two records are of one publication, the strongest first."""

    DECISION = "decision"
    EID = "eid"
    HAL_ID = "hal_id"
    DOI = "doi"
    PUBMED_ID = "pubmed_id"
    ISBN = "isbn"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Link:
    """Two records that a rule brought together; `text` is what matched: an identifier, or the title of the first."""

    left: Ref
    right: Ref
    rule: Rule
    text: str = ""


class Reason(StrEnum):
    """Why a person is to look at two records, the most telling first.

    `ambiguous`: an automatic rule would have brought together what differs. `same_doi`, `same_pubmed_id`: but titles
    that do not quite agree. `same_title`: but another first author and another source title, or no year, or one
    ISBN and years further apart.
    `fuzzy_title`: titles alike. `different_type`: the same title of a book and a chapter, or of a retracted article.
    `different_doi`: titles equal or alike, but two DOIs.
    """

    AMBIGUOUS = "ambiguous"
    SAME_DOI = "same_doi"
    SAME_PUBMED_ID = "same_pubmed_id"
    SAME_TITLE = "same_title"
    FUZZY_TITLE = "fuzzy_title"
    DIFFERENT_TYPE = "different_type"
    DIFFERENT_DOI = "different_doi"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records of two publications that may be one; `ratio` says how alike their titles are, 1.00 being equal."""

    left: Ref
    right: Ref
    ratio: Decimal
    reason: Reason


@dataclass(frozen=True, slots=True)
class Container:
    """A DOI that several publications bear, with all the records that bear it."""

    doi: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """A token that `size` records share: too many, or too much alike, to be compared or shown two by two."""

    token: str
    size: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """The records of one publication, and the links that suffice to bring them together."""

    refs: tuple[Ref, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Every record in one cluster and one only; `contradicted` are decisions « same » that a « distinct » overrules."""

    clusters: tuple[Cluster, ...]
    review: tuple[Candidate, ...]
    containers: tuple[Container, ...]
    crowded: tuple[Crowd, ...]
    contradicted: tuple[Decision, ...]
