"""What a caller is told of mistakes: each with its place, the first one in a sentence of its own."""

from collections.abc import Sequence

from shared.problems import Forbidden, Invalid

from .domain.mistake import Mistake
from .rows import in_order


def errors_of(mistakes: Sequence[Mistake]) -> list[dict[str, str | int | None]]:
    return [
        {"table": each.table, "row": each.row, "column": each.column, "code": each.code, "message": each.message}
        for each in in_order(mistakes)
    ]


def refuse(mistakes: Sequence[Mistake]) -> None:
    """Raises Forbidden or Invalid where there is a mistake."""
    for mistake in mistakes:
        if mistake.code == "forbidden":
            raise Forbidden(mistake.message)
    if mistakes:
        errors = errors_of(mistakes)
        raise Invalid(str(errors[0]["message"]), errors=errors)
