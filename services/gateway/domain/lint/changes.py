"""Printed changes: whether each follows from the printed figures, rounded half up to its own precision."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from services.gateway.domain.definition import PrintedChange, TargetRow
from services.gateway.domain.targets import constant_year
from services.gateway.domain.values import WIDE, accumulated, places, rounded

from .aims import Aim, aims, start
from .book import Book
from .figures import plain, signed
from .findings import Found, Place, at_target

_HUNDRED = Decimal(100)
_ITSELF = {"growth": "percent", "growth_range": "percent", "points": "points"}
_GIVEN = {"value": "les valeurs imprimées{} donnent", "target": "la cible imprimée{} donne"}


@dataclass(frozen=True, slots=True)
class Computed:
    """A change computed from printed figures, and these as « 14,50 → 15,3 »; nothing where it is a sum of several."""

    value: Decimal
    figures: str = ""


def does_not_follow(book: Book) -> Iterator[Found]:
    """Whatever the contract's package says of it."""
    for printed, computed in _recomputed(book):
        if not any(_same(printed, each) for each in computed):
            yield Found(_place(printed), _sentence(printed, computed[0]), printed.source)


def follows_after_all(book: Book) -> Iterator[Found]:
    """The package says that a change does not follow, and it does."""
    for printed, computed in _recomputed(book):
        if not printed.follows and any(_same(printed, each) for each in computed):
            sentence = f"Le paquet dit que « {printed.text} » ne découle pas des chiffres imprimés : il en découle."
            yield Found(_place(printed), sentence, printed.source)


def level_does_not_follow(book: Book) -> Iterator[Found]:
    """A growth and the level printed beside it; where the growth is a printed change too, that one says it."""
    told = {(each.indicator, each.entity, each.to_year) for each in _percentages(book)}
    for row in book.definition.targets:
        if (row.indicator, row.entity, row.due_year) in told or row.operand != "growth":
            continue
        found = _beside(book, row)
        if found and row.value is not None and rounded(found.value, places(row.value)) != row.value:
            shown = signed(rounded(found.value, places(row.value)), "percent")
            sentence = f"« {row.text} » : le niveau imprimé ({found.figures}) donne {shown}."
            yield Found(at_target(row), sentence, row.source)


def _beside(book: Book, row: TargetRow) -> Computed | None:
    return None if constant_year(row.basis) is not None else _change("percent", start(book, row), row.level)


def _percentages(book: Book) -> list[PrintedChange]:
    return [each for each in book.definition.printed_changes if (each.subject, each.unit) == ("target", "percent")]


def _recomputed(book: Book) -> Iterator[tuple[PrintedChange, list[Computed]]]:
    """The printed changes that can be computed again."""
    for printed in book.definition.printed_changes:
        held = _of_values(book, printed) if printed.subject == "value" else _of_targets(book, printed)
        if computed := [each for each in (*_of_the_same_place(book, printed), *held) if each]:
            yield printed, computed


def _of_the_same_place(book: Book, printed: PrintedChange) -> Iterator[Computed | None]:
    """The change of other figures that the document prints in the very place of the change."""
    figure = (printed.indicator, printed.entity, printed.source)
    rows = [row for row in book.definition.printed_values if (row.indicator, row.entity, row.source) == figure]
    before = [row for row in rows if row.year == printed.from_year]
    after = [row for row in rows if (row.year, row.subject) == (printed.to_year, printed.subject)]
    for one, other in product(before, after):
        if one.unit == other.unit:
            yield _change(printed.unit, one.value, other.value)


def _of_values(book: Book, printed: PrintedChange) -> Iterator[Computed | None]:
    series = book.series(printed.indicator, printed.entity)
    rows = book.targets(printed.indicator, printed.entity)
    if printed.unit == "absolute" and any(row.accumulation == "cumulative" for row in rows):
        total = accumulated(series, printed.from_year, printed.to_year)
        yield None if total is None else Computed(total)
    else:
        yield _change(printed.unit, series.get(printed.from_year), series.get(printed.to_year))


def _of_targets(book: Book, printed: PrintedChange) -> Iterator[Computed | None]:
    """A target may be the change itself; otherwise the change is that of its level."""
    for aim in aims(book, printed.indicator, printed.entity):
        if aim.year == printed.to_year and aim.place.table == "targets" and _is_itself(aim.row, printed):
            yield from (Computed(each) for each in (aim.row.value, aim.row.upper) if each is not None)
        elif aim.year == printed.to_year:
            yield _change(printed.unit, _origin(book, aim, printed.from_year), aim.level)


def _is_itself(row: TargetRow, printed: PrintedChange) -> bool:
    absolute = row.accumulation == "cumulative" and printed.unit == "absolute"
    return row.level is None and (absolute or _ITSELF.get(row.operand) == printed.unit)


def _origin(book: Book, aim: Aim, year: int) -> Decimal | None:
    """The figure of the year that a printed change starts from: observed, or the target's own baseline."""
    observed = book.series(aim.row.indicator, aim.row.entity).get(year)
    return observed if observed is not None else start(book, aim.row)


def _change(unit: str, before: Decimal | None, after: Decimal | None) -> Computed | None:
    if before is None or after is None or (unit == "percent" and before == 0):
        return None
    moved = WIDE.subtract(after, before)
    value = WIDE.divide(WIDE.multiply(moved, _HUNDRED), before.copy_abs()) if unit == "percent" else moved
    return Computed(value, f"{plain(before)} → {plain(after)}")


def _same(printed: PrintedChange, computed: Computed) -> bool:
    return rounded(computed.value, places(printed.value)) == printed.value


def _sentence(printed: PrintedChange, computed: Computed) -> str:
    figures = f" ({computed.figures})" if computed.figures else ""
    given = _GIVEN[printed.subject].format(figures)
    shown = signed(rounded(computed.value, places(printed.value)), printed.unit)
    denied = " ; le paquet dit pourtant qu’il en découle" if printed.follows else ""
    return f"« {printed.text} » est imprimé pour {printed.from_year}-{printed.to_year} ; {given} {shown}{denied}."


def _place(printed: PrintedChange) -> Place:
    indicator, entity = printed.indicator, printed.entity
    return Place(table="printed_changes", indicator=indicator, entity=entity, year=printed.to_year)
