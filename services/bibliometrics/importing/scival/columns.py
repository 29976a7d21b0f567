"""Which column of a SciVal export says what: its headings drift from year to year, and are known by how they begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from services.bibliometrics.domain.normalising import folded


class Column(StrEnum):
    """What a column holds; its value is the folded beginning of its heading."""

    TITLE = "title"
    AUTHORS = "authors"
    AUTHOR_COUNT = "number of authors"
    AUTHOR_IDS = "scopus author ids"
    YEAR = "year"
    FULL_DATE = "full date"
    SOURCE_TITLE = "scopus source title"
    VOLUME = "volume"
    ISSUE = "issue"
    PAGES = "pages"
    ARTICLE_NUMBER = "article number"
    ISSN = "issn"
    ISBN = "isbn"
    LANGUAGE = "language"
    CITATIONS = "citations"
    FWCI = "field weighted citation impact"
    FIELD_WEIGHTED = "field weighted outputs in top citation percentile"
    PLAIN = "outputs in top citation percentile"
    REFERENCE = "reference"
    ABSTRACT = "abstract"
    DOI = "doi"
    TYPE = "publication type"
    OPEN_ACCESS = "open access"
    EID = "eid"
    PUBMED_ID = "pubmed id"
    INSTITUTIONS = "institutions"
    INSTITUTION_COUNT = "number of institutions"
    AFFILIATION_IDS = "scopus affiliation ids"
    AFFILIATION_NAMES = "scopus affiliation names"


_BY_NAME = {each.value: each for each in Column}
_DRIFTING = (  # the others are known by their whole heading: « Citations » isn't « Citations in patents »
    Column.AUTHOR_COUNT,
    Column.AUTHOR_IDS,
    Column.FULL_DATE,
    Column.SOURCE_TITLE,
    Column.ISSN,
    Column.FWCI,
    Column.TYPE,
    Column.OPEN_ACCESS,
    Column.PUBMED_ID,
    Column.INSTITUTION_COUNT,
    Column.AFFILIATION_IDS,
    Column.AFFILIATION_NAMES,
)
_IDENTIFYING = {Column.EID, Column.DOI, Column.AUTHOR_IDS}
_OWN = ("scopus source title", "scopus author ids", "scopus affiliation", "field weighted ", Column.PLAIN)
_LONGEST_HEADING = 120
_GOALS = "sustainable development goals"
_OF_2018 = re.compile(r"Publication-type|Source-type|Country|(?:SNIP|CiteScore|SJR) 20[0-9]{2}")
_VERSION = re.compile(r"20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the columns in a header, `width` cells wide of which the last have no name past `named`."""

    headings: tuple[str, ...]
    places: dict[Column, int]
    goals: tuple[tuple[int, str], ...]
    width: int
    named: int
    is_of_2018: bool = field(default=False)

    def heading(self, column: Column) -> str:
        """The name of a column as it is printed."""
        return self.headings[self.places[column]]

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether a row is as wide as the header: otherwise its cells may be shifted."""
        return len(cells) == self.width and not any(cell.strip() for cell in cells[self.named :])


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names a title and something to know a publication by."""
    found = {_column(folded(cell)) for cell in cells if len(cell) <= _LONGEST_HEADING}
    return Column.TITLE in found and not found.isdisjoint(_IDENTIFYING)


def is_own(cells: Sequence[str]) -> bool:
    """Whether a header has headings that only SciVal prints."""
    return any(folded(cell[:_LONGEST_HEADING]).startswith(_OWN) for cell in cells)


def columns_of(header: Sequence[str]) -> Columns:
    """The places of what a header names; of two columns with one name, the first."""
    headings = tuple(" ".join(cell.split()) for cell in header)
    places: dict[Column, int] = {}
    for place, heading in enumerate(headings):
        column = _column(folded(heading))
        if column:
            places.setdefault(column, place)
    return Columns(
        headings=headings,
        places=places,
        goals=tuple((place, _version(each)) for place, each in enumerate(headings) if folded(each).startswith(_GOALS)),
        width=len(headings),
        named=max((place for place, each in enumerate(headings, 1) if each), default=0),
        is_of_2018=any(_OF_2018.fullmatch(each) for each in headings),
    )


def _column(name: str) -> Column | None:
    if Column.PLAIN in name:
        return _percentile(name)
    if name in _BY_NAME:
        return _BY_NAME[name]
    return next((each for each in _DRIFTING if name.startswith(f"{each} ")), None)


def _percentile(name: str) -> Column | None:
    """The normalised column is never taken for the plain one, wherever a heading says « field-weighted »."""
    if "field weighted" in name:
        return Column.FIELD_WEIGHTED
    return Column.PLAIN if name.startswith(Column.PLAIN) else None


def _version(heading: str) -> str:
    found = _VERSION.search(heading)
    return found[0] if found else ""
