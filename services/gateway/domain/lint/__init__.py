"""The lint of a contract: what it contradicts, leaves unsaid or commits to too little, each once and in its place."""

from .book import Book, Figure, Figures
from .findings import Finding, Place, Severity
from .registry import RULES

__all__ = ["RULES", "Book", "Figure", "Figures", "Finding", "Place", "Severity", "lint"]

_TABLES = ("indicators", "targets", "trajectory", "printed_changes", "printed_values", "observations")


def lint(book: Book) -> list[Finding]:
    """Every finding once, in the order of the contract's own tables."""
    found = dict.fromkeys(each for rule in RULES for each in rule.apply(book))
    indicators = [each.code for each in book.definition.indicators]
    entities = [each.code for each in book.definition.entities]

    def rank(finding: Finding) -> tuple[int, int, int, int, str]:
        place = finding.place
        entity = entities.index(place.entity) if place.entity else -1
        indicator = indicators.index(place.indicator)
        return (_TABLES.index(place.table), indicator, entity, place.year or 0, place.target or "")

    return sorted(found, key=rank)
