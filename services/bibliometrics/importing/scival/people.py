"""The authors of a row: names and identifiers that are put together only where they are as many."""

import html
import re
from dataclasses import dataclass

from services.bibliometrics.domain.publication import Author

from .cells import identifiers, parts, said

_GIVEN = re.compile(r"(?:[^\W\d_]{1,3}\.[-\s]?){1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The authors, whether some are missing, whether names had to be left out, and how many identifiers are no such."""

    authors: tuple[Author, ...] = ()
    are_cut: bool = False
    lost_names: bool = False
    unread_ids: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How a file lists its authors: with the separators of 2018 or not, and after how many it stops."""

    is_of_2018: bool
    limit: int


def people_of(names_cell: str, ids_cell: str, count: int | None, listing: Listing) -> People:
    """The authors of a row, whose announced number may be known."""
    ids = identifiers(ids_cell)
    names = _names(html.unescape(said(names_cell)), count or len(ids) or None, listing)
    lost = names is None or bool(ids and names and len(ids) != len(names))
    authors = _authors([] if names is None or lost else names, ids)
    return People(
        authors=authors,
        are_cut=count > len(authors) if count is not None and authors else len(authors) == listing.limit,
        lost_names=lost,
        unread_ids=ids.count(""),
    )


def _authors(names: list[str], ids: list[str]) -> tuple[Author, ...]:
    if not names:
        return tuple(Author(scopus_id=each) for each in ids if each)
    if not ids:
        return tuple([Author(name=each) for each in names])
    return tuple([Author(name=name, scopus_id=each) for name, each in zip(names, ids, strict=True)])


def _names(text: str, expected: int | None, listing: Listing) -> list[str] | None:
    """One name each; none where what parts them isn't certain."""
    if "|" in text:
        return parts(text)
    is_one = expected == 1 or (expected is None and not listing.is_of_2018)
    if is_one or not text:
        return parts(text)
    if ";" in text:
        return parts(text, ";")
    return _paired(text, expected)


def _paired(text: str, expected: int | None) -> list[str] | None:
    """« Smith, J., Doe, A. »: a family name and initials each time, as many as are expected."""
    pieces = [piece.strip() for piece in text.split(",")]
    if len(pieces) == 1:
        return pieces
    pairs = list(zip(pieces[::2], pieces[1::2], strict=False))
    is_certain = len(pieces) % 2 == 0 and all(_is_person(family, given) for family, given in pairs)
    if not is_certain or expected not in {None, len(pairs)}:
        return None
    return [f"{family}, {given}" for family, given in pairs]


def _is_person(family: str, given: str) -> bool:
    return bool(family) and not _GIVEN.fullmatch(family) and bool(_GIVEN.fullmatch(given))
