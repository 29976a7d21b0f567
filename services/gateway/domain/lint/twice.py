"""One figure printed with two numbers: in two places of the document, or in two contracts."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from services.gateway.domain.definition import PrintedValue

from .aims import aims
from .book import Book
from .figures import agree, with_unit
from .findings import Found, Place

_HELD = {"value": "valeur", "target": "cible"}


def in_the_document(book: Book) -> Iterator[Found]:
    """Figures of the same unit agree to the precision of the less precise."""
    for printed in book.definition.printed_values:
        held = _held(book, printed)
        if held and printed.unit == book.indicator(printed.indicator).unit and not _agrees(printed.value, held):
            place = Place(table="printed_values", indicator=printed.indicator, entity=printed.entity, year=printed.year)
            measure = book.measure(printed.indicator)
            numbers = f"{with_unit(held[0], measure)} ici, {with_unit(printed.value, measure)} ailleurs"
            what = _HELD[printed.subject]
            yield Found(place, f"La {what} de {printed.year} est imprimée deux fois : {numbers}.", printed.source)


def _held(book: Book, printed: PrintedValue) -> list[Decimal]:
    """The numbers that the contract's tables hold for the figure."""
    if printed.subject == "value":
        figure = book.observed(printed.indicator, printed.entity).get(printed.year)
        return [figure.value] if figure else []
    return [each.level for each in aims(book, printed.indicator, printed.entity) if each.year == printed.year]


def _agrees(value: Decimal, held: list[Decimal]) -> bool:
    return any(agree(value, each) for each in held)


def in_two_contracts(book: Book) -> Iterator[Found]:
    """The same indicator, entity and year; what the document says itself of another printing is not said again."""
    indicators, entities = book.definition.indicators, book.definition.entities
    for cell in product([each.code for each in indicators], [each.code for each in entities]):
        for contract, figures in book.elsewhere.items():
            own, others = book.observed(*cell), figures.get(cell, {})
            for year in sorted(own.keys() & others.keys()):
                value, other = own[year].value, others[year].value
                if not agree(value, other) and not _told(book, (*cell, year), other):
                    measure = book.measure(cell[0])
                    numbers = f"{with_unit(value, measure)} ici, {with_unit(other, measure)} dans {contract}"
                    place = Place(table="observations", indicator=cell[0], entity=cell[1], year=year)
                    sentence = f"La valeur de {year} est imprimée avec deux chiffres : {numbers}."
                    yield Found(place, sentence, own[year].source)


def _told(book: Book, figure: tuple[str, str, int], other: Decimal) -> bool:
    rows = (each for each in book.definition.printed_values if each.subject == "value")
    return any((each.indicator, each.entity, each.year) == figure and agree(each.value, other) for each in rows)
