"""A row of a Scopus export as a record, in the product's own words."""

from collections.abc import Sequence

from services.bibliometrics.domain import normalising
from services.bibliometrics.domain.publication import DocumentType, Record, Source

from . import cells, checks, fields, kinds
from .columns import Column, Places
from .people import Cells, People, people_of, scopus_ids
from .refusals import RowError
from .tallies import Tallies

_NO_TITLE = "[no title available]"
_AS_WRITTEN = frozenset(  # « NA » may be a name or a title
    {Column.AUTHORS, Column.FULL_NAMES, Column.CREATOR, Column.TITLE, Column.SOURCE_TITLE}
)
_BLANK = dict.fromkeys(Column, "")


class Builder:
    """Makes the records of one file, and counts what is to be said of them at its end."""

    def __init__(self, places: Places, width: int, tallies: Tallies) -> None:
        self._places = places
        self._as_written = [item for item in places.items() if item[0] in _AS_WRITTEN]
        self._others = [item for item in places.items() if item[0] not in _AS_WRITTEN]
        self._width = width
        self._tallies = tallies

    def record(self, line: int, values: Sequence[str]) -> Record:
        """The record of a row. Raises RowError where it gives none."""
        checks.check_width(values, self._width)
        row = self._named(values)
        checks.check_content(row)
        people = people_of(row)
        self._tell(people, line)
        return self._filled(line, row, people)

    def _named(self, values: Sequence[str]) -> Cells:
        row = _BLANK.copy()
        for column, place in self._as_written:
            row[column] = values[place].strip()
        for column, place in self._others:
            row[column] = cells.value(values[place])
        return row

    def _filled(self, line: int, row: Cells, people: People) -> Record:
        published_on = cells.day(row[Column.COVER_DATE])
        year = cells.year(row[Column.YEAR]) or (published_on.year if published_on else None)
        title = self._title(line, row)
        source_title = cells.text(row[Column.SOURCE_TITLE])
        eid = cells.eid_digits(row[Column.EID]) or normalising.eid(row[Column.LINK])
        doi = self._doi(line, row)
        raw_type = cells.text(row[Column.TYPE] or row[Column.SUBTYPE])
        kind = self._type(raw_type)
        if not (eid or doi or title):
            raise RowError("unidentified", "ni titre, ni EID, ni DOI : rien ne distingue cette publication")
        return Record(
            source=Source.SCOPUS,
            key=eid or self._made_key(line, doi, (title, year, source_title), people),
            title=title,
            year=year,
            type=kind,
            raw_type=raw_type,
            stage=kinds.stage(row[Column.STAGE], raw_type),
            eid=eid,
            doi=doi,
            pubmed_id=cells.digits(row[Column.PUBMED]),
            isbns=cells.isbns(row[Column.ISBN]),
            issns=fields.issns(row),
            source_title=source_title,
            volume=row[Column.VOLUME],
            issue=row[Column.ISSUE],
            pages=fields.pages(row),
            published_on=published_on,
            language=row[Column.LANGUAGE],
            authors=people.authors,
            author_count=people.announced,
            authors_cut=people.is_cut,
            affiliations=fields.affiliations(row),
            affiliation_ids=scopus_ids(cells.parts(row[Column.AFFILIATION_IDS])),
            citations=self._citations(line, row),
            open_access=fields.open_access(row),
            is_secondary=self._is_secondary(line, row, raw_type, year),
            is_retracted=kind is DocumentType.RETRACTED,
        )

    def _title(self, line: int, row: Cells) -> str:
        title = cells.text(row[Column.TITLE])
        if title and title.casefold() != _NO_TITLE:
            return title
        self._tallies.add("no_title", line)
        return ""

    def _doi(self, line: int, row: Cells) -> str:
        doi = normalising.doi(row[Column.DOI])
        if not doi and row[Column.DOI] not in {"", "-"}:
            self._tallies.add("doi", line)
        return doi

    def _made_key(self, line: int, doi: str, said: tuple[str, int | None, str], people: People) -> str:
        if doi:
            return fields.key_of_doi(doi, said[0])
        self._tallies.add("content_key", line)
        return fields.key_of_text(*said, fields.first_surname(people))

    def _type(self, raw: str) -> DocumentType:
        if not raw:
            return DocumentType.UNKNOWN
        kind = kinds.known(raw)
        if kind is None:
            self._tallies.types[raw] += 1
        return kind or DocumentType.OTHER

    def _citations(self, line: int, row: Cells) -> int | None:
        """A blank is zero, as Scopus means it; none where the file has no such column."""
        if Column.CITED_BY not in self._places:
            return None
        citations = cells.count(row[Column.CITED_BY] or "0")
        if citations is None:
            self._tallies.add("citations", line)
        return citations

    def _is_secondary(self, line: int, row: Cells, raw_type: str, year: int | None) -> bool:
        """Known by references alone: the year is 0000, or the type blank, which no document of Scopus' own has."""
        is_untyped = not raw_type and (Column.TYPE in self._places or Column.SUBTYPE in self._places)
        if is_untyped or row[Column.YEAR] in cells.SECONDARY_YEARS:
            self._tallies.add("secondary" if year is None else "untyped", line)
            return True
        if year is None and (Column.YEAR in self._places or Column.COVER_DATE in self._places):
            self._tallies.add("undated", line)
        return False

    def _tell(self, people: People, line: int) -> None:
        if people.is_unnamed:
            self._tallies.add("no_author", line)
        if people.is_misaligned:
            self._tallies.add("misaligned", line)
        if people.lacks_affiliations:
            self._tallies.add("unplaced_affiliations", line)
        if people.is_cut:
            self._tallies.add("cut_authors", line)
