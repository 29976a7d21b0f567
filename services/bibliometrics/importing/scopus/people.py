"""The authors of a document: names, identifiers and affiliations, put together only where they surely belong so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.bibliometrics.domain.publication import Author

from . import blocks, cells, names
from .columns import Column

Cells = Mapping[Column, str]
"""A row: what stands in each column, empty where there is no such column."""

Columns = tuple[Sequence[str], Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class People:
    """The authors, and what could not be known of them: `announced` is how many the file says there are."""

    authors: tuple[Author, ...] = ()
    announced: int | None = None
    is_misaligned: bool = False
    is_unnamed: bool = False
    lacks_affiliations: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether some authors aren't here; a first author alone, of unknown company, counts as such."""
        return bool(self.authors) and (self.announced is None or self.announced > len(self.authors))


def people_of(row: Cells) -> People:
    """The authors of a row. Where the columns disagree in length, only what stands by itself is kept of them."""
    full, full_ids = names.full_names(row[Column.FULL_NAMES])
    short = _short_names(row[Column.AUTHORS], len(full))
    columns, is_misaligned = _agreed(short, full, full_ids, _identifiers(row[Column.AUTHOR_IDS]))
    texts = _texts(row[Column.BLOCKS], columns[0])
    authors = _authors(columns, texts or [], _affiliation_ids(row[Column.AUTHOR_AFFILIATION_IDS]))
    if not authors:
        return _without_columns(row)
    return People(
        authors=authors,
        announced=max(cells.count(row[Column.AUTHOR_COUNT]) or 0, len(authors)),
        is_misaligned=is_misaligned,
        lacks_affiliations=texts is None,
    )


def _short_names(cell: str, announced: int) -> list[str]:
    """The short names; one that holds a comma is one where the full names say so."""
    short = names.short_names(cell)
    return [cells.text(cell)] if announced == 1 < len(short) and ";" not in cell else short


def _identifiers(cell: str) -> list[str]:
    return [] if names.is_placeholder(cell) else cells.numbers(cell)


def _agreed(
    short: Sequence[str], full: Sequence[str], full_ids: Sequence[str], ids: Sequence[str]
) -> tuple[Columns, bool]:
    """Names, full names and identifiers, as many of each; and whether something had to be left aside."""
    if any(full_ids):  # each stands by itself: a name with its identifier
        agree = not any(ids) or list(full_ids) == list(ids)
        return _filled(short, full, full_ids), not agree or len(short) not in {0, len(full)}
    lengths = {len(each) for each in (short, full, ids) if each}
    return _filled(short, full, ids), len(lengths) > 1


def _filled(short: Sequence[str], full: Sequence[str], ids: Sequence[str]) -> Columns:
    """As many authors as identifiers, else as full names; a list of another length tells nothing of them."""
    length = len(ids) or len(full) or len(short)
    blank = [""] * length
    return (
        short if len(short) == length else blank,
        full if len(full) == length else blank,
        ids if len(ids) == length else blank,
    )


def _texts(cell: str, short: Sequence[str]) -> list[str] | None:
    """Of each author, the text of the block that begins with that name; none where the blocks don't fit."""
    return blocks.aligned(blocks.blocks_of(cell), short) if cell and short else []


def _affiliation_ids(cell: str) -> list[tuple[str, ...]]:
    """Of each author, those written « 60012614-60159893 »."""
    return [scopus_ids(cells.parts(each, "-")) for each in cell.split(";")] if cell else []


def _authors(columns: Columns, texts: Sequence[str], affiliation_ids: Sequence[tuple[str, ...]]) -> tuple[Author, ...]:
    length = len(columns[0])
    texts = texts if len(texts) == length else [""] * length
    affiliation_ids = affiliation_ids if len(affiliation_ids) == length else [()] * length
    return tuple(
        Author(
            name=name,
            full_name=full_name,
            scopus_id=scopus_id,
            affiliations=(text,) if text else (),
            affiliation_ids=ids,
        )
        for name, full_name, scopus_id, text, ids in zip(*columns, texts, affiliation_ids, strict=True)
        if name or full_name or scopus_id
    )


def scopus_ids(values: Sequence[str]) -> tuple[str, ...]:
    """Identifiers of affiliations as the product writes them: `scopus:60012614`."""
    digits = (each.strip().removesuffix(".0") for each in values)
    return tuple(f"scopus:{each}" for each in digits if each.isascii() and each.isdigit())


def _without_columns(row: Cells) -> People:
    """The first author alone, where the file gives no other (pybliometrics)."""
    creator = cells.text(row[Column.CREATOR])
    announced = cells.count(row[Column.AUTHOR_COUNT])
    if creator:
        return People(authors=(Author(name=creator),), announced=announced)
    return People(announced=announced, is_unnamed=names.is_placeholder(row[Column.AUTHORS]))
