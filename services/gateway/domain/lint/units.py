"""Units that do not go together: one quantity printed in two of them, or compared across two."""

from collections.abc import Iterator

from services.gateway.domain.definition import PrintedValue
from services.gateway.domain.values import POINTS_UNIT

from .book import Book
from .figures import plain
from .findings import Found, Place, at_target


def printed_in_another_unit(book: Book) -> Iterator[Found]:
    """One finding for each place of the document; a share said beside a count is no other unit of it."""
    groups: dict[tuple[str, str, str, str], list[PrintedValue]] = {}
    for each in book.definition.printed_values:
        if each.unit not in {book.indicator(each.indicator).unit, POINTS_UNIT}:
            groups.setdefault((each.indicator, each.entity, each.unit, each.source), []).append(each)
    for (indicator, entity, unit, source), rows in groups.items():
        figures = ", ".join(f"{plain(row.value)} en {row.year}" for row in rows)
        held = book.indicator(indicator).unit
        sentence = f"Imprimé ici en {unit} ({figures}), alors que l’indicateur se compte en {held}."
        yield Found(_printed_at(rows[0], indicator, entity), sentence, source)


def _printed_at(row: PrintedValue, indicator: str, entity: str) -> Place:
    return Place(table="printed_values", indicator=indicator, entity=entity, year=row.year)


def part_in_another_unit(book: Book) -> Iterator[Found]:
    for part in book.definition.indicators:
        if part.parent and (whole := book.indicator(part.parent)).unit != part.unit:
            sentence = f"Ligne « dont » en {part.unit}, alors que son tout se compte en {whole.unit}."
            yield Found(Place(table="indicators", indicator=part.code), sentence, part.source)


def benchmark_in_another_unit(book: Book) -> Iterator[Found]:
    """One finding for each indicator and series, at its first target."""
    units = {each.code: each.unit for each in book.definition.benchmarks}
    seen = set()
    for row in book.definition.targets:
        unit, held = units.get(row.benchmark or ""), book.indicator(row.indicator).unit
        if unit is not None and unit != held and (row.indicator, row.benchmark) not in seen:
            seen.add((row.indicator, row.benchmark))
            sentence = f"Comparé à une série en {unit}, alors que l’indicateur se compte en {held}."
            yield Found(at_target(row), sentence, row.source)
