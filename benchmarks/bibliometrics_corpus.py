"""An invented export of Scopus, in its layout of 2023 and of a real one's shape: the same rows at each run."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.bibliometrics_people import Person, Words, staff, teams, with_staff
from services.loading import Package

HEADER = (
    "Authors", "Author full names", "Author(s) ID", "Title", "Year", "Source title", "Volume", "Page start",
    "Page end", "Page count", "Cited by", "DOI", "Link", "Affiliations", "Authors with affiliations", "ISSN",
    "Document Type", "Open Access", "Source", "EID",
)  # fmt: skip
YEARS = range(2016, 2026)
_TYPES = ("Article",) * 12 + ("Conference paper",) * 6 + ("Book chapter", "Review")
_OPENINGS = (
    "A study of", "On the", "Towards a", "An experimental investigation of", "Numerical simulation of the",
    "Analysis of", "Design and", "A novel approach for", "Effect of", "Modelling of the", "Deep learning for",
)  # fmt: skip
_OPEN = ("", "", "All Open Access; Green Open Access", "All Open Access; Gold Open Access; Green Open Access")
_CROWDS = (1, 2, 3, 3, 4, 4, 4, 5, 5, 6, 7, 9)
_LARGE, _LARGEST = 60, 100
_WITHOUT_DOI, _REPEATED, _IN_BOOK, _SHARED_BOOK = 0.02, 0.005, 0.01, 5


@dataclass(frozen=True, slots=True)
class Document:
    """What a row says."""

    eid: int
    title: str
    year: int
    source_title: str
    doi: str
    type: str
    authors: tuple[Person, ...]
    citations: int


class Corpus:
    """Documents signed in the group's schools, with people from elsewhere; and the package that knows its staff."""

    def __init__(self, package: Package) -> None:
        self._random = Random(6)
        self._words = Words(self._random)
        self._staff = staff(self._random, self._words, package)
        self._teams = teams(self._random, self._words)
        self._journals = [" ".join(self._words.some(4)).title() for _ in range(1_500)]
        self.package = with_staff(package, self._staff)

    def write(self, path: Path, count: int) -> None:
        """Every cell quoted, as Scopus does."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            rows.writerow(HEADER)
            rows.writerows(_cells(each) for each in islice(self._documents(), count))

    def _documents(self) -> Iterator[Document]:
        """One in two hundred comes again, under another identifier, half of them without their DOI."""
        number = 0
        while True:
            number += 2
            document = self._document(number)
            yield document
            if self._random.random() < _REPEATED:
                yield replace(document, eid=document.eid + 1, doi=self._random.choice((document.doi, "")))

    def _document(self, number: int) -> Document:
        """A chapter in a hundred bears its book's DOI, as several others do."""
        chance = self._random
        doi = "" if chance.random() < _WITHOUT_DOI else f"10.1016/J.{self._words.one()}.{number:08}"
        kind = chance.choice(_TYPES)
        if chance.random() < _IN_BOOK:
            kind, doi = "Book chapter", f"10.1007/978-3-{number // (2 * _SHARED_BOOK * 100)}"
        return Document(
            eid=85_000_000_000 + number,
            title=self._title(),
            year=chance.choice(YEARS),
            source_title=chance.choice(self._journals),
            doi=doi,
            type=kind,
            authors=self._authors(),
            citations=int(chance.expovariate(0.1)),
        )

    def _title(self) -> str:
        said = " ".join(self._words.some(self._random.randint(8, 15)))
        return f"{self._random.choice(_OPENINGS)} {said}" if self._random.random() < 0.35 else said.capitalize()

    def _authors(self) -> tuple[Person, ...]:
        """In nine documents of ten, one or two of them are of the staff; a document in three hundred has a crowd."""
        chance = self._random
        large = chance.random() < 1 / 300
        count = chance.randint(_LARGE, _LARGEST) if large else chance.choice(_CROWDS)
        employed = min(count, chance.choice((1, 1, 2))) if chance.random() < 0.9 else 0
        around = [person for team in chance.choices(self._teams, k=1 + count // 6) for person in team]
        people = chance.choices(self._staff, k=employed) + chance.choices(around, k=count - employed)
        chance.shuffle(people)
        return tuple(dict.fromkeys(people))


def _cells(document: Document) -> tuple[str | int, ...]:
    authors, first = document.authors, document.eid % 900 + 1
    eid = f"2-s2.0-{document.eid}"
    return (
        "; ".join(each.short for each in authors),
        "; ".join(f"{each.full} ({each.scopus_id})" for each in authors),
        "; ".join(each.scopus_id for each in authors),
        document.title,
        document.year,
        document.source_title,
        document.eid % 300,
        first,
        first + 11,
        12,
        document.citations or "",
        document.doi,
        f"https://www.scopus.com/inward/record.uri?eid={eid}&doi={document.doi}&partnerID=40&md5={document.eid:032x}",
        "; ".join(dict.fromkeys(address for each in authors for address in each.addresses)),
        "; ".join(f"{each.short}, {', '.join(each.addresses)}" for each in authors),
        f"{document.eid % 10**8:08}",
        document.type,
        _OPEN[document.eid % len(_OPEN)],
        "Scopus",
        eid,
    )
