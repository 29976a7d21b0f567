"""What a row says in several columns: its pages, addresses and labels; and the key made where it has no EID."""

import hashlib
from collections.abc import Sequence

from services.bibliometrics.domain import normalising

from . import blocks, cells
from .columns import Column
from .people import Cells, People

_OPEN = frozenset({"1", "1.0", "true"})


def pages(row: Cells) -> str:
    """« 4444-4457 », else the only one of the two, else the article number."""
    if row[Column.PAGE_RANGE]:
        return row[Column.PAGE_RANGE]
    return "-".join(cells.distinct((row[Column.PAGE_START], row[Column.PAGE_END]))) or row[Column.ARTICLE_NUMBER]


def issns(row: Cells) -> tuple[str, ...]:
    return cells.distinct((*cells.issns(row[Column.ISSN]), *cells.issns(row[Column.EISSN])))


def open_access(row: Cells) -> tuple[str, ...]:
    if labels := cells.labels(row[Column.OPEN_ACCESS]):
        return labels
    return ("All Open Access",) if row[Column.OPEN_ACCESS_FLAG].casefold() in _OPEN else ()


def affiliations(row: Cells) -> tuple[str, ...]:
    """The distinct addresses of the document; the authors' blocks where there is nothing else."""
    if whole := cells.text(row[Column.AFFILIATIONS]):
        return cells.parts(whole, "; ")
    if names := cells.text(row[Column.AFFILIATION_NAMES]):
        return _located(names, cells.text(row[Column.CITIES]), cells.text(row[Column.COUNTRIES]))
    return cells.distinct(blocks.blocks_of(row[Column.BLOCKS]))


def _located(*lists: str) -> tuple[str, ...]:
    """« name, city, country » where the three lists have the same length, the names alone elsewhere."""
    parted = [[each.strip() for each in cell.split(";")] for cell in lists]
    if len({len(each) for each in parted}) > 1:
        return cells.distinct(parted[0])
    return cells.distinct(", ".join(filter(None, place)) for place in zip(*parted, strict=True))


def first_surname(people: People) -> str:
    first = people.authors[0] if people.authors else None
    return normalising.surname(first.full_name or first.name) if first else ""


def key_of_doi(doi: str, title: str) -> str:
    """A DOI with a title, for a book and its chapters may have the same DOI."""
    return f"doi:{doi}#{_hash(normalising.title_key(title))[:16]}"


def key_of_text(title: str, year: int | None, source_title: str, surname: str) -> str:
    said: Sequence[object] = (normalising.title_key(title), year or "", normalising.folded(source_title), surname)
    return f"text:{_hash('|'.join(map(str, said)))[:24]}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
