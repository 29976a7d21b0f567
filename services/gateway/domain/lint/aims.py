"""What the targets of a contract ask for: levels by year, each in the euros that its target counts in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from services.gateway.domain.definition import TargetRow
from services.gateway.domain.group.pledges import case_of, pledge
from services.gateway.domain.targets import Target, path

from .book import Book
from .findings import Place, at_point, at_target

_CURRENT = "current-euros"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A level to reach in a year."""

    row: TargetRow
    place: Place
    year: int
    level: Decimal
    source: str

    @property
    def kind(self) -> tuple[int, str, str]:
        """What two aims must share to be set side by side."""
        return (self.year, self.row.basis or _CURRENT, self.row.accumulation)


def aims(book: Book, indicator: str, entity: str) -> Iterator[Aim]:
    """The levels of an entity's targets and of their trajectories; not those that are monitored only."""
    for row in book.targets(indicator, entity):
        if row.comparison == "none":
            continue
        if (level := level_of(book, row)) is not None:
            yield Aim(row=row, place=at_target(row), year=row.due_year, level=level, source=row.source)
        for each in path(book.definition, row):
            yield Aim(row=row, place=at_point(each), year=each.year, level=each.value, source=each.source)


def level_of(book: Book, row: TargetRow) -> Decimal | None:
    """The level asked for when the target is due, in its own euros. None where none follows."""
    return _level(book, row, book.target(row))


def moved(book: Book, row: TargetRow, asked: Decimal) -> Decimal | None:
    """The level that follows, were this its operand's value and none printed beside it."""
    return _level(book, row, replace(book.target(row), value=asked, level=None))


def start(book: Book, row: TargetRow) -> Decimal | None:
    """Where a target's change starts from; unknown where that is counted in other euros than the target."""
    return case_of(book.target(row), book.series(row.indicator, row.entity), row.due_year).start.value


def _level(book: Book, row: TargetRow, target: Target) -> Decimal | None:
    return pledge(target, book.series(row.indicator, row.entity), row.due_year).level
