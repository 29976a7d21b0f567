"""What a target intends: a direction, more than there is already, a tolerance, and a year within the contract."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from services.gateway.domain.definition import TargetRow
from services.gateway.domain.typography import difference

from .aims import level_of, start
from .book import Book
from .figures import with_unit
from .findings import Found, at_point, at_target

_UPWARD = {"at_least", "more_than"}
_DOWNWARD = {"at_most", "less_than"}
_AGAINST = {"up": _DOWNWARD, "down": _UPWARD}
_WISHED = {"up": "à la hausse", "down": "à la baisse"}
_ASKS = {"at_least": "au moins", "more_than": "plus de", "at_most": "au plus", "less_than": "moins de"}
_MET: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "at_least": lambda value, level: value >= level,
    "more_than": lambda value, level: value > level,
    "at_most": lambda value, level: value <= level,
    "less_than": lambda value, level: value < level,
}
_STABLE = {"baseline", "benchmark", "none"}


def without_direction(book: Book) -> Iterator[Found]:
    for row in book.definition.targets:
        if row.comparison != "none" and book.indicator(row.indicator).direction == "none":
            yield _found(row, f"« {row.text} » est une cible, et l’indicateur ne dit pas quel sens est souhaité.")


def against_direction(book: Book) -> Iterator[Found]:
    for row in book.definition.targets:
        direction = book.indicator(row.indicator).direction
        if row.comparison in _AGAINST.get(direction, ()):
            bound = "un minimum" if row.comparison in _UPWARD else "un maximum"
            yield _found(row, f"« {row.text} » fixe {bound}, et l’indicateur est souhaité {_WISHED[direction]}.")


def already_met(book: Book) -> Iterator[Found]:
    """A sum over years starts from nothing, and a range is to be kept: neither is met at the start."""
    for row in book.definition.targets:
        if row.comparison not in _MET or row.operand in _STABLE or row.accumulation == "cumulative":
            continue
        begin, level = start(book, row), level_of(book, row)
        if begin is not None and level is not None and _MET[row.comparison](begin, level):
            measure = book.measure(row.indicator)
            asked = f"{_ASKS[row.comparison]} {with_unit(level, measure)}"
            held = f"{with_unit(begin, measure)} en {_years(book, row)}"
            yield _found(row, f"La cible de {row.due_year} ({asked}) est déjà atteinte à la référence : {held}.")


def _years(book: Book, row: TargetRow) -> str:
    years = (row.baseline_years or "").split() or [str(book.definition.header.reference_year)]
    return years[0] if len(years) == 1 else f"moyenne de {', '.join(years[:-1])} et {years[-1]}"


def stable_without_tolerance(book: Book) -> Iterator[Found]:
    for row in book.definition.targets:
        if row.operand == "baseline" and row.comparison in {"at_least", "at_most"} and row.tolerance is None:
            measure = book.measure(row.indicator)
            kept = difference(Decimal("0.5").scaleb(-measure.decimals), measure)
            yield _found(row, f"« {row.text} » ne dit pas quel écart est toléré : {kept}, par défaut.")


def after_the_end(book: Book) -> Iterator[Found]:
    end = book.definition.header.end_year
    for row in book.definition.targets:
        if row.due_year > end:
            yield _found(row, f"Échéance en {row.due_year}, après la fin du contrat ({end}).")


def before_the_start(book: Book) -> Iterator[Found]:
    """Targets, and points of a trajectory: those after the end are of targets that are due after it."""
    begin = book.definition.header.start_year
    for row in book.definition.targets:
        if row.due_year < begin:
            yield _found(row, f"Échéance en {row.due_year}, avant le début du contrat ({begin}).")
    early = {(row.indicator, row.entity, row.target) for row in book.definition.targets if row.due_year < begin}
    for each in book.definition.trajectory:
        key = (each.indicator, each.entity, each.target)
        if each.year < begin and key not in early:
            sentence = f"Point de trajectoire en {each.year}, avant le début du contrat ({begin})."
            yield Found(at_point(each), sentence, each.source)


def _found(row: TargetRow, sentence: str) -> Found:
    return Found(at_target(row), sentence, row.source)
