"""What is taken out of a JSON value: texts, numbers and days, and nothing where the value is not of that kind."""

import html
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

LARGEST_COUNT = 2**31 - 1  # what a column of integers holds
LARGEST_NUMBER = 10**18  # no identifier is longer
FIRST_YEAR, LAST_YEAR = 1400, 2200  # from the first printed books on
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_YEAR = re.compile(r"\s*(\d{4})(?!\d)")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_ISSN = re.compile(r"(?<!\d)(\d{4})-?(\d{3}[\dX])(?!\w)")
_BLANKS = re.compile(r"[ \t\r\n\v\f]+")
_COUNT = re.compile(r"[0-9]{1,18}")
_DIGITS = re.compile(r"(?:^|/)(\d{1,18})/?$")
_TAG = re.compile(
    r"</?(?:(?:jats|mml|xhtml|m):[\w-]+|inline-formula|tex-math|italic|bold|strong|small|title|span|math|"
    r"br|em|sub|sup|scp|sc|tt|i|b|u|p)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
Object = Mapping[str, Any]


def text(value: Any) -> str:
    """A string or a whole number as a text on one line, that any database and any encoding takes; empty of all else."""
    if isinstance(value, str):
        return _on_one_line(value)
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return _whole(value) if is_number else ""


def _whole(value: float | Decimal) -> str:
    """« 2019 » of 2019 and of 2019.0, that tables turned into JSON write."""
    number = Decimal(value)
    if not number.is_finite() or not -LARGEST_NUMBER < number < LARGEST_NUMBER:
        return ""
    return str(int(number)) if number == int(number) else ""


def _on_one_line(value: str) -> str:
    """Spaces of typography are kept as they are."""
    return _BLANKS.sub(" ", _sound(value)).strip()


def _sound(value: str) -> str:
    kept = value.replace("\x00", "")
    try:
        kept.encode()
    except UnicodeEncodeError:  # half of a pair, as a cut in the middle of a character leaves
        return kept.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return kept


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list, or of a value that stands alone, without the empty ones."""
    if value is None:
        return ()
    found = (text(each) for each in (value if isinstance(value, list | tuple) else (value,)))
    return tuple(each for each in found if each)


def first(value: Any) -> str:
    return next(iter(texts(value)), "")


def title(value: Any) -> str:
    """A title without mark-up: `<i>`, `&amp;`."""
    plain = text(value)
    if "<" not in plain and "&" not in plain:
        return plain
    return _on_one_line(_TAG.sub("", html.unescape(html.unescape(plain))))


def distinct(each: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each))


def object_in(value: Any) -> Object:
    return value if isinstance(value, Mapping) else {}


def objects(value: Any) -> list[Object]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list | tuple) else []


def count(value: Any) -> int | None:
    """A count, that may be written as a text; none where it is no count."""
    written = text(value)
    number = int(written) if _COUNT.fullmatch(written) else -1
    return number if 0 <= number <= LARGEST_COUNT else None


def year(value: Any) -> int | None:
    """The year of a number, or that a date begins with; none where it is no year."""
    found = _YEAR.match(text(first(value)))
    number = int(found[1]) if found else 0
    return number if FIRST_YEAR <= number <= LAST_YEAR else None


def day(value: Any) -> date | None:
    """The day of a full date; none of « 2019 » or « 2019-03 »."""
    found = _DAY.match(first(value))
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def decimal(value: Any) -> Decimal | None:
    """A finite number that is not negative."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() and 0 <= number <= LARGEST_COUNT else None


def orcid(value: Any) -> str:
    found = _ORCID.search(text(value).upper())
    return found[0] if found else ""


def issns(values: Iterable[str]) -> tuple[str, ...]:
    """Eight characters each, without a hyphen."""
    return distinct(found[1] + found[2] for each in values for found in _ISSN.finditer(each.upper()))


def digits(value: Any) -> str:
    """The number that an identifier or its address ends with (`https://pubmed.ncbi.nlm.nih.gov/9757107`)."""
    found = _DIGITS.search(text(value))
    return found[1] if found else ""
