"""The columns of a Scopus export, and the headings under which each is found."""

import re
from collections.abc import Sequence
from enum import StrEnum

from .translations import TRANSLATIONS


class Column(StrEnum):
    """A column that is read, by its heading in the exports of 2023 and after; what is not here is not kept."""

    AUTHORS = "Authors"
    FULL_NAMES = "Author full names"
    AUTHOR_IDS = "Author(s) ID"
    TITLE = "Title"
    YEAR = "Year"
    SOURCE_TITLE = "Source title"
    VOLUME = "Volume"
    ISSUE = "Issue"
    ARTICLE_NUMBER = "Art. No."
    PAGE_START = "Page start"
    PAGE_END = "Page end"
    PAGE_RANGE = "pageRange"
    CITED_BY = "Cited by"
    DOI = "DOI"
    LINK = "Link"
    AFFILIATIONS = "Affiliations"
    BLOCKS = "Authors with affiliations"
    ISSN = "ISSN"
    EISSN = "eIssn"
    ISBN = "ISBN"
    PUBMED = "PubMed ID"
    LANGUAGE = "Language of Original Document"
    TYPE = "Document Type"
    SUBTYPE = "subtype"
    STAGE = "Publication Stage"
    OPEN_ACCESS = "Open Access"
    OPEN_ACCESS_FLAG = "openaccess"
    SOURCE = "Source"
    EID = "EID"
    CREATOR = "creator"
    AUTHOR_COUNT = "author_count"
    AUTHOR_AFFILIATION_IDS = "author_afids"
    AFFILIATION_IDS = "afid"
    AFFILIATION_NAMES = "affilname"
    CITIES = "affiliation_city"
    COUNTRIES = "affiliation_country"
    COVER_DATE = "coverDate"


Places = dict[Column, int]

_ALIASES = {
    "author names": Column.AUTHORS,
    "author": Column.AUTHORS,
    "author ids": Column.AUTHOR_IDS,
    "author id": Column.AUTHOR_IDS,
    "author(s) ids": Column.AUTHOR_IDS,
    "authors id": Column.AUTHOR_IDS,
    "author(s) full names": Column.FULL_NAMES,
    "titles": Column.TITLE,
    "document title": Column.TITLE,
    "publication year": Column.YEAR,
    "source titles": Column.SOURCE_TITLE,
    "art no": Column.ARTICLE_NUMBER,
    "article number": Column.ARTICLE_NUMBER,
    "cited-by": Column.CITED_BY,
    "citation count": Column.CITED_BY,
    "author addresses": Column.BLOCKS,
    "author(s) with affiliations": Column.BLOCKS,
    "access type": Column.OPEN_ACCESS,
    "pubmedid": Column.PUBMED,
    "language": Column.LANGUAGE,
    "document types": Column.TYPE,
}
_FLATTENED = {  # by pybliometrics, where it does not write the same word
    "author_names": Column.FULL_NAMES,
    "author_ids": Column.AUTHOR_IDS,
    "publicationname": Column.SOURCE_TITLE,
    "issueidentifier": Column.ISSUE,
    "article_number": Column.ARTICLE_NUMBER,
    "citedby_count": Column.CITED_BY,
    "subtypedescription": Column.TYPE,
    "freetoreadlabel": Column.OPEN_ACCESS,
    "pubmed_id": Column.PUBMED,
}
_WORDS = re.compile(r"[^\W_]+")


def plain(heading: str) -> str:
    """A heading as it is compared: without what re-encoding and quoting leave around it, in lower case."""
    return " ".join(heading.replace("\ufeff", "").replace("ï»¿", "").strip(" \t\r\n\xa0\"'").casefold().split()).rstrip(
        "."
    )


def loose(heading: str) -> str:
    """The words of a heading alone: R writes « Author.s..ID » for « Author(s) ID »."""
    return " ".join(_WORDS.findall(plain(heading)))


_TRANSLATED = {word: Column(column) for column, words in TRANSLATIONS.items() for word in words}
_NAMED = {plain(column): column for column in Column} | _ALIASES | _TRANSLATED | _FLATTENED
_BY_WORDS = {loose(heading): column for heading, column in _NAMED.items() if heading not in _FLATTENED}


def named(header: Sequence[str]) -> Places:
    """Where each column stands by its heading; where one is written twice, the first."""
    places: Places = {}
    for place, heading in enumerate(header):
        column = _NAMED.get(plain(heading)) or _BY_WORDS.get(loose(heading))
        if column is not None:
            places.setdefault(column, place)
    return places


def is_foreign(header: Sequence[str]) -> bool:
    """Whether some heading isn't in English: a known translation, or a word that isn't written in ASCII."""
    headings = [plain(heading) for heading in header]
    return any(heading in _TRANSLATED or not heading.isascii() for heading in headings)
