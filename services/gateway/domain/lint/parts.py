"""A part larger than its whole: « dont » lines, entity by entity, and the sum of the entities' parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.gateway.domain.definition import Indicator
from services.gateway.domain.values import total

from .aims import aims
from .book import Book
from .figures import with_unit
from .findings import Found, Place

_ADDITIVE = "sum"


@dataclass(frozen=True, slots=True)
class Held:
    """A figure that a table of the contract holds."""

    value: Decimal
    place: Place
    source: str


Key = tuple[str, int, str, str]  # value or target, year, euros, annual or cumulative


def part_larger_than_whole(book: Book) -> Iterator[Found]:
    for part, whole in _pairs(book):
        for entity in (each.code for each in book.definition.entities):
            larger = _held(book, whole.code, entity)
            for key, held in _held(book, part.code, entity).items():
                if key in larger and held.value > larger[key].value:
                    yield _found(book, held, larger[key], "La partie")


def parts_larger_than_the_groups_whole(book: Book) -> Iterator[Found]:
    """The sum of the entities' parts; where the group's own part is too large, that one says it."""
    for part, whole in _pairs(book):
        if part.aggregation != _ADDITIVE:
            continue
        own, larger = _held(book, part.code, book.group), _held(book, whole.code, book.group)
        for key, added in _sums(book, part.code).items():
            told = key in own and key in larger and own[key].value > larger[key].value
            if key in larger and added.value > larger[key].value and not told:
                yield _found(book, added, larger[key], "La somme des parties")


def _pairs(book: Book) -> Iterator[tuple[Indicator, Indicator]]:
    """Parts and their wholes, of one unit."""
    for part in book.definition.indicators:
        if part.parent and (whole := book.indicator(part.parent)).unit == part.unit:
            yield part, whole


def _held(book: Book, indicator: str, entity: str) -> Mapping[Key, Held]:
    held: dict[Key, Held] = {}
    for year, figure in book.observed(indicator, entity).items():
        place = Place(table="observations", indicator=indicator, entity=entity, year=year)
        held["value", year, "", ""] = Held(figure.value, place, figure.source)
    for aim in aims(book, indicator, entity):
        held.setdefault(("target", *aim.kind), Held(aim.level, aim.place, aim.source))
    return held


def _sums(book: Book, indicator: str) -> dict[Key, Held]:
    """By figure, the sum of the entities that have it, at the group's place."""
    members = [_held(book, indicator, member) for member in book.members]
    sums = {}
    for key in dict.fromkeys(key for each in members for key in each):
        found = [each[key] for each in members if key in each]
        place = Place(table=found[0].place.table, indicator=indicator, entity=book.group, year=key[1])
        sums[key] = Held(total(each.value for each in found), place, found[0].source)
    return sums


def _found(book: Book, part: Held, whole: Held, what: str) -> Found:
    measure = book.measure(part.place.indicator)
    numbers = f"{with_unit(part.value, measure)} pour {with_unit(whole.value, measure)}"
    label = book.indicator(whole.place.indicator).label
    return Found(part.place, f"{what} dépasse le tout en {part.place.year} : {numbers} (« {label} »).", part.source)
