"""What is owed for a year and was not given, entity by entity."""

from collections.abc import Iterator

from services.gateway.domain.values import Stated
from services.gateway.schemas.follow_up import MissingView

from .lines import NOT_REPORTED, Line

_NOT_OWED = {"not_applicable", "not_yet_due"}


def missing(lines: list[Line]) -> Iterator[MissingView]:
    """One for each line without a value, with the reason given; a year that is not over owes nothing unless stated."""
    for line in lines:
        reason = _reason(line)
        if reason is not None:
            yield MissingView(
                indicator=line.indicator.code,
                label=line.indicator.label,
                entity=line.entity,
                entity_label=line.facts.label(line.entity),
                reason=reason,
            )


def _reason(line: Line) -> str | None:
    stated = line.series.get(line.year, Stated())
    if stated.value is not None or stated.absence in _NOT_OWED:
        return None
    is_open = line.on.year <= line.year
    return stated.absence or (None if is_open else NOT_REPORTED)
