"""What a frozen extraction counts, as observations: after the reference year, it is what the indicators follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from shared.events.bibliometrics import MeasureBody
from shared.events.contract import ContractBody, IndicatorBody

from .bibliometric_facts import Count, Extraction, bibliometric_facts, counts
from .domain.bibliometrics.choosing import by_year
from .domain.bibliometrics.wording import division, source, stated_otherwise
from .history import Observations, Observed


@dataclass(frozen=True, slots=True)
class _Figure:
    """A count that has a value, and the indicator and the extraction that it is of."""

    indicator: IndicatorBody
    count: Count
    extraction: Extraction


async def lay_over(
    session: AsyncSession, observations: Observations, definition: ContractBody, as_of: datetime | None
) -> None:
    """Put what was counted in the place of what was stated; without a value, what was stated stays."""
    header = definition.header
    known = await bibliometric_facts(session, header.code, as_of)
    spoken = by_year(known.extractions, header.reference_year)
    if not spoken:
        return
    told = await counts(session, header.code, {each.id for each in spoken.values()}, as_of)
    for each in _figures(definition, known.measures, told, spoken):
        years = observations.setdefault((each.indicator.code, each.count.entity), {})
        years[each.count.year] = _observed(each, years.get(each.count.year))


def _figures(
    definition: ContractBody, measures: Iterable[MeasureBody], told: list[Count], spoken: dict[int, Extraction]
) -> Iterator[_Figure]:
    """Each measure's, in its own perimeter, from the extraction that speaks of the year."""
    indicators = {each.code: each for each in definition.indicators}
    entities = {each.code for each in definition.entities}
    own = [each for each in told if each.entity in entities and _speaks(each, spoken)]
    for measure in measures:
        indicator = indicators.get(measure.indicator)
        wanted = (measure.measure, measure.perimeter)
        found = (each for each in own if indicator and (each.measure, each.perimeter) == wanted)
        yield from (_Figure(indicator, each, spoken[each.year]) for each in found if indicator)


def _speaks(count: Count, spoken: dict[int, Extraction]) -> bool:
    return count.value is not None and count.year in spoken and spoken[count.year].id == count.extraction


def _observed(figure: _Figure, stated: Observed | None) -> Observed:
    count, extraction = figure.count, figure.extraction
    assert count.value is not None
    otherwise = stated_otherwise(stated.value, count.value, figure.indicator.decimals) if stated else None
    notes = (division(count.numerator, count.denominator, count.counted_on), otherwise)
    return Observed(
        value=count.value,
        status=extraction.status,
        absence=None,
        source=source(extraction, count.perimeter),
        note=" ; ".join(each for each in notes if each) or None,
        basis="",
        recorded_at=max(count.recorded_at, extraction.recorded_at),
    )
