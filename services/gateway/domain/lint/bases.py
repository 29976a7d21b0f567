"""Current and constant euros: whether what a contract asks in both agrees under its own price index."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from services.gateway.domain.definition import TargetRow
from services.gateway.domain.targets import constant_year
from services.gateway.domain.values import WIDE, rounded

from .aims import moved
from .book import Book
from .figures import half_unit, signed, with_unit
from .findings import Found, at_target

_CURRENT = "current-euros"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Band:
    """A figure, and where the one behind it may lie."""

    low: Decimal
    figure: Decimal
    high: Decimal

    def meets(self, other: "Band") -> bool:
        return self.low <= other.high and other.low <= self.high

    def times(self, ratio: Decimal) -> "Band":
        return Band(*(WIDE.multiply(each, ratio) for each in (self.low, self.figure, self.high)))


def contradicting_targets(book: Book) -> Iterator[Found]:
    """Two targets of one figure and year, one in each kind of euros."""
    for one, other in product(book.definition.targets, repeat=2):
        if one.basis == _CURRENT and constant_year(other.basis) is not None and _figure(one) == _figure(other):
            current, constant, ratio = _band(book, one), _asked(book, other), _ratio(book, other)
            if current and constant and ratio and not (converted := constant.times(ratio)).meets(current):
                said = f"« {one.text} » et « {other.text} » se contredisent : {_index(book, other)}, "
                yield Found(
                    at_target(other), said + _instead(book, (one, other), ratio, converted.figure), other.source
                )


def contradicting_level(book: Book) -> Iterator[Found]:
    """A level printed beside a growth in constant euros: it is in current euros, or in those of the growth."""
    for row in book.definition.targets:
        asked, ratio = _asked(book, row), _ratio(book, row)
        if row.level is None or asked is None or ratio is None:
            continue
        printed, converted = _around(row.level), asked.times(ratio)
        if not printed.meets(asked) and not printed.meets(converted):
            figures = [with_unit(each, book.measure(row.indicator)) for each in (converted.figure, row.level)]
            said = "cela fait {} courants, et non {}".format(*figures)
            yield Found(at_target(row), f"« {row.text} » : {_index(book, row)}, {said}.", row.source)


def _figure(row: TargetRow) -> tuple[str, str, int, str]:
    return (row.indicator, row.entity, row.due_year, row.accumulation)


def _ratio(book: Book, row: TargetRow) -> Decimal | None:
    """The price index of the due year over that of the constant euros."""
    year = constant_year(row.basis)
    due, base = book.index(row.deflator, row.due_year), book.index(row.deflator, year) if year else None
    return WIDE.divide(due, base) if due and base and min(due, base) > 0 else None


def _around(printed: Decimal) -> Band:
    half = half_unit(printed)
    return Band(WIDE.subtract(printed, half), printed, WIDE.add(printed, half))


def _band(book: Book, row: TargetRow) -> Band | None:
    """What a target asks for, in its own euros: its printed level, where that is in them."""
    return _around(row.level) if row.level is not None and row.basis == _CURRENT else _asked(book, row)


def _asked(book: Book, row: TargetRow) -> Band | None:
    """Where the level that follows may lie; the baseline may be negative, and turn its ends round."""
    if row.value is None:
        return None
    around = _around(row.value)
    low, figure, high = (moved(book, row, each) for each in (around.low, row.value, around.high))
    if low is None or figure is None or high is None:
        return None
    return Band(min(low, high), figure, max(low, high))


def _instead(book: Book, pair: tuple[TargetRow, TargetRow], ratio: Decimal, converted: Decimal) -> str:
    """What the current euros make in constant ones, where both grow; else what the constant ones make in current."""
    current, constant = pair
    if current.operand == constant.operand == "growth" and current.value is not None and constant.value is not None:
        real = WIDE.subtract(WIDE.divide(WIDE.add(_HUNDRED, current.value), ratio), _HUNDRED)
        growths = [signed(each, "percent") for each in (current.value, rounded(real, 1), constant.value)]
        return "{} en euros courants font {} en euros constants, et non {}.".format(*growths)
    return f"la seconde demande {with_unit(converted, book.measure(constant.indicator))} courants."


def _index(book: Book, row: TargetRow) -> str:
    year = constant_year(row.basis)
    index = [book.index(row.deflator, each) for each in (year, row.due_year) if each]
    shown = [f"{each:f}" for each in index if each is not None]
    return f"à l’indice du contrat ({shown[0]} en {year}, {shown[1]} en {row.due_year})"
