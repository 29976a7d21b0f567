"""Which pairs of indicator and entity a contract follows, and what is wrong with a row that is outside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.intake.mistakes import NOTHING, Cells, Unread

from . import observation
from .contract import Contract, EntityKind
from .observation import Observation

_MARGIN_YEARS = 10
_Found = Iterator[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Concerned:
    """Which indicators, entities and years a contract knows, and which pairs it follows; None: any year."""

    years: range | None
    reference: int | None
    group: str
    entities: frozenset[str]
    declined: Mapping[str, bool]

    @classmethod
    def of(cls, contract: Contract, unread: Unread = NOTHING) -> "Concerned":
        """What a contract follows; the codes of rows that could not be read are known too."""
        codes = {entity.code for entity in contract.entities} | unread.codes("entities")
        declined = _declined(contract, unread)
        return cls(_years(contract), _reference(contract), _group(contract, unread), frozenset(codes), declined)

    def objection(self, indicator: str, entity: str) -> str | None:
        """Why this entity has no such indicator, where both are known."""
        other = entity in self.entities and entity != self.group
        if not (self.group and other and self.declined.get(indicator) is False):
            return None
        return f"l’indicateur « {indicator} » n’est pas décliné par école : seul « {self.group} » le renseigne"

    def too_early(self, year: int) -> str | None:
        """Why nothing of this year may be simulated."""
        if self.reference is None or year > self.reference:
            return None
        return f"une année simulée suit l’année de référence, {self.reference}"

    def rehearses(self, indicator: str, entity: str, year: int) -> bool:
        """Whether a value of this place may be simulated."""
        cells = {"indicator": indicator, "entity": entity, "year": year}
        return not self.too_early(year) and not any(self.misplaced(cells))

    def mistakes(self, row: Observation) -> _Found:
        """What is wrong with one observation, as (column, code, sentence)."""
        yield from self.misplaced({"indicator": row.indicator, "entity": row.entity, "year": row.year})
        for column, message in observation.incoherences(row):
            yield column, "incoherent", message

    def mistakes_of_cells(self, cells: Cells) -> _Found:
        """What is wrong with the readable cells of an observation that, as a whole, could not be read."""
        yield from self.misplaced(cells)
        for column, value in cells.items():
            for message in observation.forms(column, value):
                yield column, "incoherent", message

    def misplaced(self, cells: Cells) -> _Found:
        """What a contract does not know, or does not follow, of an indicator, an entity and a year."""
        indicator, entity, year = (cells.get(column) for column in ("indicator", "entity", "year"))
        if indicator is not None and indicator not in self.declined:
            yield "indicator", "unknown", f"l’indicateur « {indicator} » n’est pas dans ce contrat"
        if entity is not None and entity not in self.entities:
            yield "entity", "unknown", f"l’entité « {entity} » n’est pas dans ce contrat"
        if indicator is not None and entity is not None and (message := self.objection(indicator, entity)):
            yield "entity", "not-declined", message
        if year is not None and self.years and year not in self.years:
            yield "year", "year", f"{year} est hors du contrat (de {self.years[0]} à {self.years[-1]})"


def _years(contract: Contract) -> range | None:
    """The years that may be observed; None where the contract's own row does not say."""
    if len(contract.contract) != 1:
        return None
    return range(contract.header.reference_year - _MARGIN_YEARS, contract.header.end_year + _MARGIN_YEARS + 1)


def _reference(contract: Contract) -> int | None:
    return contract.header.reference_year if len(contract.contract) == 1 else None


def _group(contract: Contract, unread: Unread) -> str:
    read = [entity.code for entity in contract.entities if entity.kind is EntityKind.GROUP]
    other = [cells.get("code", "") for cells in unread.rows("entities") if cells.get("kind") is EntityKind.GROUP]
    return next(iter([*read, *other]), "")


def _declined(contract: Contract, unread: Unread) -> dict[str, bool]:
    other = {cells["code"]: cells.get("declined", True) for cells in unread.rows("indicators") if "code" in cells}
    return other | {indicator.code: indicator.declined for indicator in contract.indicators}
