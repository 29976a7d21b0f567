"""What the checks of every table share: periods, entities, and rows that say what an earlier one said."""

from collections.abc import Collection, Hashable, Iterable, Iterator

from services.bibliometrics.domain.periods import Period
from shared.intake.mistakes import Mistake

Wrong = tuple[str, str, str]
"""Of a row: a column, a code and a sentence."""


def placed(table: str, row: int, wrong: Iterable[Wrong]) -> Iterator[Mistake]:
    for column, code, message in wrong:
        yield Mistake(table=table, row=row, column=column, code=code, message=message)


def unknown_entity(entity: str, entities: Collection[str]) -> Iterator[Wrong]:
    if entity not in entities:
        yield "entity", "unknown", f"« {entity} » n’est pas dans le tableau entities : ajoutez-l’y, ou corrigez ce code"


def blank(column: str, text: str) -> Iterator[Wrong]:
    if not text.strip():
        yield column, "required", "cette case est obligatoire, et elle est vide : remplissez-la"


def period_mistakes(columns: tuple[str, str], first: str | None, last: str | None) -> list[Wrong]:
    """What is wrong with either day, or with both together (then said of the last)."""
    alone = [*_unread(columns[0], first, None), *_unread(columns[1], None, last)]
    return alone or [*_unread(columns[1], first, last)]


def period_of(first: str | None, last: str | None) -> Period | None:
    """The period of two cells; none where it cannot be read, which is said elsewhere."""
    try:
        return Period.of(first, last)
    except ValueError:
        return None


def repeats(table: str, column: str, keys: Iterable[Hashable], what: str) -> Iterator[Mistake]:
    """The rows whose key an earlier row has; `what` says what they repeat. A key that is none is nobody's."""
    seen: dict[Hashable, int] = {}
    for place, key in enumerate(keys):
        first = seen.setdefault(key, place)
        if key is not None and first != place:
            message = f"{what} plus haut (rangée {first + 1}) : supprimez l’une des deux rangées, ou corrigez-la"
            yield Mistake(table=table, row=place, column=column, code="repeated", message=message)


def _unread(column: str, first: str | None, last: str | None) -> Iterator[Wrong]:
    try:
        Period.of(first, last)
    except ValueError as error:
        yield column, "period", str(error)
