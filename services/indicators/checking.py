"""What is wrong with rows of observations, whether they were observed or are simulated."""

from collections.abc import Iterator

from shared.intake.mistakes import Mistake
from shared.intake.tables import Parsed

from .domain.concerned import Concerned
from .domain.observation import Key, Observation, key_of
from .rows import OBSERVATIONS


def row_mistakes(parsed: Parsed, concerned: Concerned) -> Iterator[Mistake]:
    """Everything that is wrong with rows that the contract is to follow, whoever sends them."""
    yield from parsed.mistakes
    for place, cells in parsed.unread.items():
        for found in concerned.mistakes_of_cells(cells):
            yield mistake(place, *found)
    seen: dict[Key, int] = {}
    for place, row in parsed.rows:
        for found in concerned.mistakes(row):
            yield mistake(place, *found)
        yield from _repeats(place, row, seen)


def _repeats(place: int, row: Observation, seen: dict[Key, int]) -> Iterator[Mistake]:
    """What an earlier row of the same set has said already."""
    first = seen.setdefault(key_of(row), place)
    if first != place:
        message = f"la même observation est déjà donnée plus haut (rangée {first + 1})"
        yield mistake(place, "indicator", "repeated", message)


def mistake(place: int, column: str, code: str, message: str) -> Mistake:
    return Mistake(table=OBSERVATIONS, row=place, column=column, code=code, message=message)
