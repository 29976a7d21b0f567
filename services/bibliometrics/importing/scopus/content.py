"""Columns recognised by what their cells hold, where headings are in a language that nobody has met."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from services.bibliometrics.domain import normalising

from . import cells, kinds
from .columns import Column, Places

Sample = Sequence[Sequence[str]]
_ENOUGH = 0.8  # of the cells that hold something
_TYPES_KNOWN = 0.3  # one word in common with English is enough: « Article », « Editorial »
_FEW_TYPES = 20
_SHORT_TITLE = 12
_IDS = re.compile(r"\d{10,11}(?:; ?\d{10,11})*;?")
_FULL = re.compile(r"\(\d{10,11}\)(?:;|$)")
_INITIALS = re.compile(r"\b[^\W\d_]\.(?:[;,]|$|[^\W\d_]\.)")


def _is_link(cell: str) -> bool:
    return cell.startswith("http") and normalising.eid(cell) != ""


def _is_doi(cell: str) -> bool:
    return cell.startswith("10.") and normalising.doi(cell) != ""


_TESTS: tuple[tuple[Column, Callable[[str], object]], ...] = (
    (Column.EID, cells.is_eid),
    (Column.LINK, _is_link),
    (Column.DOI, _is_doi),
    (Column.SOURCE, lambda cell: cell.casefold() == "scopus"),
    (Column.STAGE, kinds.is_stage),
    (Column.OPEN_ACCESS, lambda cell: "Open Access" in cell),
    (Column.YEAR, lambda cell: cells.year(cell) is not None or cell == "0000"),
)
_OF_PEOPLE: tuple[tuple[Column, Callable[[str], object]], ...] = (  # before the year, in every order ever exported
    (Column.AUTHOR_IDS, _IDS.fullmatch),
    (Column.FULL_NAMES, _FULL.search),
)


def completed(places: Places, sample: Sample, width: int) -> Places:
    """The columns known by name, with those that the first rows give away.

    Nothing is added to a sample that holds neither an EID (even within a link) nor « Scopus » as its source: without
    one of them it is no export of Scopus.
    """
    found = dict(places)
    columns = [[row[place].strip() for row in sample if place < len(row)] for place in range(width)]
    for column, test in _TESTS:
        _add_first(found, column, columns, partial(_is_mostly, test=test))
    if not {Column.EID, Column.LINK, Column.SOURCE} & found.keys():
        return places
    for column, test in _OF_PEOPLE:
        _add_first(found, column, columns[: found.get(Column.YEAR, 0)], partial(_is_mostly, test=test))
    _add_neighbours(found, columns)
    _add_type(found, columns)
    _add_affiliations(found, columns)
    return found


def _add_first(
    found: Places, column: Column, columns: Sequence[Sequence[str]], test: Callable[[Sequence[str]], bool]
) -> None:
    taken = set(found.values())
    if column not in found:
        place = next((at for at, values in enumerate(columns) if at not in taken and test(values)), None)
        if place is not None:
            found[column] = place


def _is_mostly(values: Sequence[str], test: Callable[[str], object]) -> bool:
    return _share(values, test) >= _ENOUGH


def _share(values: Sequence[str], test: Callable[[str], object]) -> float:
    filled = [each for each in values if each]
    return sum(1 for each in filled if test(each)) / len(filled) if filled else 0.0


def _add_neighbours(found: Places, columns: Sequence[Sequence[str]]) -> None:
    """In every order ever exported, authors come first, the title precedes the year, and its source follows it."""
    year = found.get(Column.YEAR)
    if year is None:
        return
    _add_at(found, Column.TITLE, year - 1, columns, _is_title)
    if year + 1 < len(columns):
        _add_at(
            found, Column.SOURCE_TITLE, year + 1, columns, lambda values: not all(each.isdigit() for each in values)
        )
    if found.get(Column.TITLE) != 0:
        _add_at(found, Column.AUTHORS, 0, columns, lambda values: not any(each.isdigit() for each in values))


def _add_at(
    found: Places,
    column: Column,
    place: int,
    columns: Sequence[Sequence[str]],
    test: Callable[[Sequence[str]], bool],
) -> None:
    filled = [each for each in columns[place] if each] if place >= 0 else []
    if column not in found and place not in found.values() and filled and test(filled):
        found[column] = place


def _is_title(values: Sequence[str]) -> bool:
    if any(each.isdigit() for each in values) or _is_mostly(values, _INITIALS.search):
        return False
    return sum(map(len, values)) / len(values) >= _SHORT_TITLE


def _add_type(found: Places, columns: Sequence[Sequence[str]]) -> None:
    """The document type by its words; else three columns before « Scopus », where every full export has it."""
    _add_first(found, Column.TYPE, columns, lambda values: _share(values, kinds.known) >= _TYPES_KNOWN)
    source = found.get(Column.SOURCE, -1)
    _add_at(found, Column.TYPE, source - 3, columns, lambda values: len(set(values)) <= min(_FEW_TYPES, len(values)))


def _add_affiliations(found: Places, columns: Sequence[Sequence[str]]) -> None:
    """The column whose cells go on from the first author's name with an address; before it, that of the addresses."""
    authors = found.get(Column.AUTHORS)
    if authors is None:
        return
    families = [each.replace(",", " ").partition(" ")[0] for each in columns[authors]]
    _add_first(found, Column.BLOCKS, columns, lambda values: _begin_with(values, families))
    blocks = found.get(Column.BLOCKS, 0)
    if found.get(Column.LINK) == blocks - 2:
        _add_at(found, Column.AFFILIATIONS, blocks - 1, columns, lambda _: True)


def _begin_with(values: Sequence[str], families: Sequence[str]) -> bool:
    """Addresses have more commas than names have; a correspondence address holds an e-mail address."""
    pairs = [(value, family) for value, family in zip(values, families, strict=False) if value and family]
    fits = sum(
        1 for value, family in pairs if value.startswith(family) and value.count(", ") > value.count("; ") + 1
        and "@" not in value
    )  # fmt: skip
    return bool(pairs) and fits / len(pairs) >= _ENOUGH
