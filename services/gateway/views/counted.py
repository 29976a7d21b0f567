"""The counts of an extraction in a year, entity by entity, with the reason where there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from services.gateway.bibliometric_facts import Count, Extraction
from services.gateway.domain.bibliometrics.wording import NOT_COUNTED, NOT_COVERED, missing
from services.gateway.domain.group.perimeter import counted as members_among
from services.gateway.facts import group_of
from services.gateway.schemas.bibliometrics import EntityCountView, WhyView
from shared.events.bibliometrics import CURRENT
from shared.events.contract import ContractBody, EntityBody

_PER_FTE = "publications-per-fte"
_PUBLICATIONS = "/bibliometrics/v1/publications"


@dataclass(frozen=True, slots=True)
class Counted:
    """A contract's counts in a year of an extraction, none being the current state."""

    definition: ContractBody
    extraction: Extraction | None
    year: int
    counts: Sequence[Count]

    @property
    def group(self) -> str:
        return group_of(self.definition)

    @property
    def is_covered(self) -> bool:
        return self.extraction is None or self.year in self.extraction.years

    def of(self, measure: str, perimeter: str) -> dict[str, Count]:
        """The counts of a measure in a perimeter, by entity."""
        found = (each for each in self.counts if (each.measure, each.perimeter) == (measure, perimeter))
        return {each.entity: each for each in found}


def group_count(counted: Counted, told: Mapping[str, Count]) -> EntityCountView:
    group = next(each for each in counted.definition.entities if each.code == counted.group)
    return _entity(counted, group, told.get(group.code))


def entity_counts(counted: Counted, told: Mapping[str, Count]) -> list[EntityCountView]:
    """Those that the group counts, and another one where it is counted; in the contract's order."""
    members = members_among(counted.definition.entities)
    below = [each for each in counted.definition.entities if each.code != counted.group]
    shown = [each for each in below if each.code in members or each.code in told]
    return [_entity(counted, each, told.get(each.code)) for each in shown]


def _entity(counted: Counted, entity: EntityBody, count: Count | None) -> EntityCountView:
    if count is None:
        return _uncounted(entity, NOT_COUNTED if counted.is_covered else NOT_COVERED)
    return EntityCountView(
        entity=entity.code,
        label=entity.label,
        count=_value(count),
        missing=_why(count.missing or NOT_COUNTED) if count.value is None else None,
        fractional=_plain(count.fractional),
        numerator=_plain(count.numerator),
        denominator=_plain(count.denominator),
        counted_on=count.counted_on,
        known=count.known,
        low=_plain(count.low),
        high=_plain(count.high),
    )


def _uncounted(entity: EntityBody, reason: str) -> EntityCountView:
    unknown = ("count", "fractional", "numerator", "denominator", "counted_on", "known", "low", "high")
    stated = {"entity": entity.code, "label": entity.label, "missing": _why(reason)}
    return EntityCountView.model_validate({**dict.fromkeys(unknown), **stated})


def _value(count: Count) -> int | str | None:
    """A quotient as it was stated; publications are whole."""
    if count.value is None or count.measure == _PER_FTE:
        return _plain(count.value)
    return int(count.value)


def _why(code: str) -> WhyView:
    return WhyView(code=code, sentence=missing(code))


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def address(counted: Counted, measure: str, perimeter: str) -> str:
    """Where the publications behind a count are listed."""
    asked = {
        "contract": counted.definition.header.code,
        "year": counted.year,
        "perimeter": perimeter,
        "extraction": counted.extraction.id if counted.extraction else CURRENT,
        "measure": measure,
    }
    return f"{_PUBLICATIONS}?{urlencode(asked)}"
