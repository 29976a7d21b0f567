"""A row of a SciVal export as a record, or why it can't be one."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.bibliometrics.domain.normalising import doi, eid, folded, isbn, surname
from services.bibliometrics.domain.publication import DocumentType, Goals, Percentile, Record, Source

from .affiliations import affiliation_ids, institutions_of_2018, names_of_2018, names_of_today
from .cells import CellError, day, goal_numbers, identifier, issns, number, parts, said, shown, whole
from .columns import Column, Columns
from .keys import key_without_eid
from .kinds import kind_of, stage_of
from .people import Listing, People, people_of
from .tally import Happening, Tally

_YEAR = re.compile(r"([0-9]{4})(?:\.0)?")
_SCOPUS_LINK = "2-s2.0-"
_MOST = Decimal(100)


@dataclass(frozen=True, slots=True)
class Rows:
    """Makes the records of one file, and tells its tally what happens on the way."""

    columns: Columns
    listing: Listing
    datasets: tuple[str, ...]
    tally: Tally

    def record(self, row: int, cells: Sequence[str]) -> Record:
        """The record of a row. Raises CellError."""
        cell = _Cells(cells, self.columns)
        title, source_title = cell.clean(Column.TITLE), cell.clean(Column.SOURCE_TITLE)
        kind, people, year = self._kind(cell, row), self._people(cell, row), _year(cell)
        found_eid, found_doi = _eid(cell), doi(cell.said(Column.DOI))
        first = people.authors[0].name if people.authors else ""
        record = Record(
            source=Source.SCIVAL,
            key=found_eid or key_without_eid(found_doi, title, f"{year or ''}|{folded(source_title)}|{surname(first)}"),
            title=title,
            year=year,
            type=kind,
            raw_type=cell.said(Column.TYPE),
            stage=stage_of(cell.said(Column.TYPE)),
            eid=found_eid,
            doi=found_doi,
            pubmed_id=identifier(cell[Column.PUBMED_ID]),
            isbns=tuple(filter(None, map(isbn, parts(cell[Column.ISBN])))),
            issns=issns(cell[Column.ISSN]),
            source_title=source_title,
            volume=cell.said(Column.VOLUME),
            issue=cell.said(Column.ISSUE),
            pages=cell.said(Column.PAGES) or cell.said(Column.ARTICLE_NUMBER),
            published_on=self._published_on(cell, row),
            language=cell.said(Column.LANGUAGE),
            authors=people.authors,
            author_count=cell.whole(Column.AUTHOR_COUNT),
            authors_cut=people.are_cut,
            affiliations=_affiliations(cell, self.columns),
            affiliation_ids=affiliation_ids(cell[Column.AFFILIATION_IDS]),
            datasets=self.datasets,
            citations=cell.whole(Column.CITATIONS),
            fwci=cell.number(Column.FWCI),
            field_weighted=_percentile(cell, Column.FIELD_WEIGHTED),
            plain=_percentile(cell, Column.PLAIN),
            goals=self._goals(cell, row),
            open_access=tuple(parts(cell[Column.OPEN_ACCESS])),
            is_retracted=kind is DocumentType.RETRACTED,
        )
        self._count(record, people, row)
        return record

    def _count(self, record: Record, people: People, row: int) -> None:
        """Only what is in a record is counted: a row in error has its own finding."""
        self.tally.keys[record.key] += 1
        if record.year is not None:
            self.tally.years[record.year] += 1
        if record.authors_cut:
            self.tally.happens(Happening.CUT, row)
        if people.lost_names:
            self.tally.happens(Happening.LOST_NAMES, row)
        if people.unread_ids:
            self.tally.happens(Happening.UNREAD_IDS, row, people.unread_ids)

    def _people(self, cell: "_Cells", row: int) -> People:
        count = cell.whole(Column.AUTHOR_COUNT)
        return people_of(cell[Column.AUTHORS], cell[Column.AUTHOR_IDS], count, self.listing)

    def _kind(self, cell: "_Cells", row: int) -> DocumentType:
        raw = cell.said(Column.TYPE)
        kind = kind_of(raw)
        if kind is None:
            self.tally.unknown_type(shown(raw), row)
        return kind or DocumentType.OTHER

    def _published_on(self, cell: "_Cells", row: int) -> date | None:
        text = cell.said(Column.FULL_DATE)
        found = day(text)
        if text and found is None:
            self.tally.happens(Happening.UNREAD_DATE, row)
        return found

    def _goals(self, cell: "_Cells", row: int) -> tuple[Goals, ...]:
        return tuple([self._mapped(cell.at(place), mapping, row) for place, mapping in self.columns.goals])

    def _mapped(self, text: str, mapping: str, row: int) -> Goals:
        numbers = goal_numbers(text)
        if said(text) and not numbers:
            self.tally.happens(Happening.UNREAD_GOALS, row)
        return Goals(numbers=numbers, mapping=mapping)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a row by what they hold; blank where the file has no such column."""

    cells: Sequence[str]
    columns: Columns

    def __getitem__(self, column: Column) -> str:
        place = self.columns.places.get(column)
        return "" if place is None else self.cells[place]

    def at(self, place: int) -> str:
        return self.cells[place]

    def said(self, column: Column) -> str:
        return said(self[column])

    def clean(self, column: Column) -> str:
        return " ".join(html.unescape(self.said(column)).split())

    def whole(self, column: Column) -> int | None:
        return whole(self[column], self.columns.heading(column)) if column in self.columns.places else None

    def number(self, column: Column) -> Decimal | None:
        return number(self[column], self.columns.heading(column)) if column in self.columns.places else None


def _eid(cell: _Cells) -> str:
    """That of its column, with or without « 2-s2.0- »; without such a column, that of a link to Scopus."""
    text = cell.said(Column.EID)
    if text:
        found = eid(text) or identifier(text)
        if not found:
            raise CellError(
                "eid",
                cell.columns.heading(Column.EID),
                f"« {shown(text)} » n’est pas un EID : les cellules sont-elles décalées ?",
            )
        return found
    links = (cell[Column.REFERENCE], cell[Column.ABSTRACT])
    return next((eid(link) for link in links if link.startswith("http") and _SCOPUS_LINK in link), "")


def _year(cell: _Cells) -> int | None:
    text = cell.said(Column.YEAR)
    found = _YEAR.fullmatch(text)
    if text and not found:
        raise CellError("year", cell.columns.heading(Column.YEAR), f"« {shown(text)} » n’est pas une année")
    return int(found[1]) or None if found else None


def _percentile(cell: _Cells, column: Column) -> Percentile | None:
    """None without the column: neither percentile ever stands for the other."""
    if column not in cell.columns.places:
        return None
    heading = cell.columns.heading(column)
    value = number(cell[column], heading)
    if value is not None and not 0 < value <= _MOST:
        raise CellError("percentile", heading, f"« {value} » n’est pas un centile : il va de plus de 0 jusqu’à 100")
    return Percentile(value=value, column=heading)


def _affiliations(cell: _Cells, columns: Columns) -> tuple[str, ...]:
    """The names of Scopus, then those of SciVal's institutions that aren't among them."""
    names, institutions = cell[Column.AFFILIATION_NAMES], cell[Column.INSTITUTIONS]
    if not columns.is_of_2018:
        return tuple(dict.fromkeys(names_of_today(names) + names_of_today(institutions)))
    count = cell.whole(Column.INSTITUTION_COUNT)
    return tuple(dict.fromkeys(names_of_2018(names) + institutions_of_2018(institutions, count)))
