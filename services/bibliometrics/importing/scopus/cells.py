"""What single cells of a Scopus export say: years, counts, pages, numbers, lists; and how spreadsheets spoil them."""

import html
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from services.bibliometrics.domain import normalising

SECONDARY_YEARS = frozenset({"0000", "0"})  # the second where a program took it for a number
_ABSENT = frozenset({"NA", "N/A", "nan", "NaN", "None", "NULL"})
_YEAR = re.compile(r"(1[5-9]\d\d|20\d\d)(?:\.0)?")
_COUNT = re.compile(r"(\d{1,9})(?:\.0)?")
_ISSN = re.compile(r"\b\d{4}-?\d{3}[\dXx]\b")
_ISBN_PARTS = re.compile(r"[;,|]")
_SPOILT = re.compile(r"\d+(?:[.,]\d+)?[Ee]\+\d+")
_EID = re.compile(r"2-s2\.0-\d+")


def text(cell: str) -> str:
    """What a person reads: entities undone, white space single."""
    if "&" in cell:
        cell = html.unescape(cell)
    return " ".join(cell.split())


def value(cell: str) -> str:
    """A cell that R or pandas may have filled with its own sign of absence."""
    cell = cell.strip()
    return "" if cell in _ABSENT else cell


def year(cell: str) -> int | None:
    found = _YEAR.fullmatch(cell)
    return int(found[1]) if found else None


def count(cell: str) -> int | None:
    """A number of citations or authors; none where it can't be read."""
    found = _COUNT.fullmatch(cell)
    return int(found[1]) if found else None


def day(cell: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return None


def is_eid(cell: str) -> bool:
    return _EID.fullmatch(cell) is not None


def eid_digits(cell: str) -> str:
    """The digits of a cell that is an EID, or blank."""
    return cell.removeprefix("2-s2.0-")


def is_spoilt(cell: str) -> bool:
    """Whether a spreadsheet turned an identifier into a number: 8,51E+10."""
    return _SPOILT.fullmatch(cell) is not None


def digits(cell: str) -> str:
    """An identifier of digits alone; empty where it isn't one."""
    number = cell.removesuffix(".0")
    return number if number.isascii() and number.isdigit() else ""


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def parts(cell: str, separator: str = ";") -> tuple[str, ...]:
    """The distinct values of a list."""
    return distinct(map(str.strip, cell.split(separator))) if cell else ()


def numbers(cell: str) -> list[str]:
    """Identifiers aligned with something else: one a place, empty where it isn't digits; a last « ; » ends the list."""
    return [digits(each.strip()) for each in cell.removesuffix(";").split(";")] if cell else []


def issns(cell: str) -> tuple[str, ...]:
    return distinct(found.replace("-", "").upper() for found in _ISSN.findall(cell)) if cell else ()


def isbns(cell: str) -> tuple[str, ...]:
    return distinct(normalising.isbn(each) for each in _ISBN_PARTS.split(cell)) if cell else ()


@lru_cache(maxsize=1024)
def labels(cell: str) -> tuple[str, ...]:
    """The open access labels: parted by « ; » since 2023, by « , » before; a Python list loses its signs."""
    cell = cell.strip("[]").replace("'", "")
    return parts(cell, ";" if ";" in cell else ",")
