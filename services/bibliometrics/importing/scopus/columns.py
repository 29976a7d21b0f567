"""The columns of a Scopus export, and the headings under which each is found."""

from collections.abc import Sequence
from enum import StrEnum


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
    "cité par": Column.CITED_BY,
    "citado por": Column.CITED_BY,
    "author addresses": Column.BLOCKS,
    "author(s) with affiliations": Column.BLOCKS,
    "access type": Column.OPEN_ACCESS,
    "pubmedid": Column.PUBMED,
    "language": Column.LANGUAGE,
    "document types": Column.TYPE,
}
_CHINESE = {
    "作者": Column.AUTHORS,
    "作者身分": Column.AUTHOR_IDS,
    "標題": Column.TITLE,
    "年份": Column.YEAR,
    "來源出版物名稱": Column.SOURCE_TITLE,
    "卷": Column.VOLUME,
    "期": Column.ISSUE,
    "論文編號": Column.ARTICLE_NUMBER,
    "起始頁碼": Column.PAGE_START,
    "結束頁碼": Column.PAGE_END,
    "被引用文獻": Column.CITED_BY,
    "連結": Column.LINK,
    "原始文獻語言": Column.LANGUAGE,
    "文獻類型": Column.TYPE,
    "出版階段": Column.STAGE,
    "開放取用": Column.OPEN_ACCESS,
    "來源出版物": Column.SOURCE,
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
_NOT_READ = frozenset(
    {
        "page count",
        "abstract",
        "author keywords",
        "index keywords",
        "indexed keywords",
        "molecular sequence numbers",
        "chemicals/cas",
        "tradenames",
        "manufacturers",
        "funding details",
        "references",
        "correspondence address",
        "editors",
        "publisher",
        "sponsors",
        "conference name",
        "conference date",
        "conference location",
        "conference code",
        "coden",
        "abbreviated source title",
    }
)


def plain(heading: str) -> str:
    """A heading as it is compared: without what re-encoding and quoting leave around it, in lower case."""
    return " ".join(heading.replace("\ufeff", "").replace("ï»¿", "").strip(" \t\r\n\xa0\"'").casefold().split()).rstrip(
        "."
    )


_NAMED = {plain(column): column for column in Column} | _ALIASES | _CHINESE | _FLATTENED


def named(header: Sequence[str]) -> Places:
    """Where each column stands by its heading; where one is written twice, the first."""
    places: Places = {}
    for place, heading in enumerate(header):
        column = _NAMED.get(plain(heading))
        if column is not None:
            places.setdefault(column, place)
    return places


def known_headings(header: Sequence[str]) -> int:
    """How many headings are those of a Scopus export, whether their columns are read or not."""
    headings = {plain(heading) for heading in header}
    return sum(
        1 for heading in headings if heading in _NAMED or heading in _NOT_READ or heading.startswith("funding text")
    )


def is_foreign(header: Sequence[str]) -> bool:
    """Whether headings are in a language that isn't written in ASCII, or are unknown for the most part."""
    return any(not plain(heading).isascii() for heading in header)
