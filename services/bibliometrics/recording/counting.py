"""Recording counts: what is counted again is told where it changed, and only there."""

import asyncio
import json
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.counting.measuring import count_all
from services.bibliometrics.domain.counting.rows import Wanted
from services.bibliometrics.domain.registry import Measure, Perimeter, Registry
from services.bibliometrics.domain.signature import Signed
from services.bibliometrics.domain.tally import Tallied, tallied
from services.bibliometrics.queries.signatures import standing
from services.bibliometrics.rows import REGISTRY
from services.bibliometrics.tables import CountRow, RegistryRow
from services.bibliometrics.telling import Teller
from shared import outbox
from shared.events.bibliometrics import CURRENT, CountRecorded

from .writing import Writing

NOT_COUNTED = "not_counted"
_NAMING = ("contract", "extraction", "measure", "perimeter", "year", "entity")
_UNSAID = {"version", "recorded_at", "recorded_by"}  # what tells two tellings of one count apart


async def recount(
    session: AsyncSession, registries: Iterable[RegistryRow], years: Collection[int | None] | None, writing: Writing
) -> None:
    """Count again what stands in these years, or in all, and tell what has changed."""
    for row in registries:
        registry = REGISTRY.validate_json(row.definition)
        signed = await standing(session, row.contract, years)
        known = await _known(session, row.contract, CURRENT)
        former = {each.year for each in known.values()}
        told = former if years is None else former & {*years}
        wanted = {*told, *signed_years(signed)}
        found = await asyncio.to_thread(tally_all, registry, signed, wanted)
        teller = Teller(row.contract, CURRENT, writing.at, writing.by)
        facts = [fact for each in found for fact in teller.told(each)]
        _tell(session, known, [*facts, *_given_up(known, facts, wanted, writing)])


def signed_years(signed: Iterable[Signed]) -> set[int]:
    """The years in which somebody signs something."""
    return {each.publication.year for each in signed if each.publication.year is not None and each.attributions}


def tally_all(registry: Registry, signed: Sequence[Signed], years: Collection[int]) -> list[Tallied]:
    """Every measure of a registry, in both perimeters, for each of these years."""
    rows = [each.counted(registry.group.code) for each in signed]
    wanted = [
        wanted_of(measure, perimeter, year)
        for measure in registry.measures
        for perimeter in Perimeter
        for year in sorted(years)
    ]
    counts = count_all(rows, registry.members, wanted)
    return [tallied(counts[each], registry) for each in wanted]


def wanted_of(measure: Measure, perimeter: Perimeter, year: int) -> Wanted:
    return Wanted(measure=measure.measure, perimeter=perimeter, year=year, goals_wanted=measure.goal_numbers)


async def tell_all(session: AsyncSession, facts: Sequence[CountRecorded]) -> None:
    """Tell counts that nobody was told of before."""
    _tell(session, {}, facts)


async def _known(session: AsyncSession, contract: str, extraction: str) -> dict[str, CountRow]:
    mine = (CountRow.contract == contract, CountRow.extraction == extraction)
    return {row.subject: row for row in await session.scalars(select(CountRow).where(*mine))}


def _tell(session: AsyncSession, known: dict[str, CountRow], facts: Iterable[CountRecorded]) -> None:
    for fact in facts:
        row = known.get(fact.subject)
        content = fact.model_dump_json(exclude=_UNSAID)
        if row is not None and row.content == content:
            continue
        row = row or _new(fact)
        row.version += 1
        row.content = content
        session.add(row)
        outbox.record(session, fact.model_copy(update={"version": row.version}), at=fact.recorded_at)


def _given_up(
    known: dict[str, CountRow], facts: Iterable[CountRecorded], years: Collection[int], writing: Writing
) -> Iterator[CountRecorded]:
    """What is no longer counted, of an entity or a measure that is gone: it has no value any more."""
    told = {fact.subject for fact in facts}
    for subject, row in known.items():
        if row.year in years and subject not in told:
            former = json.loads(row.content)
            named = {name: former[name] for name in _NAMING}
            nothing = {"value": None, "missing": NOT_COUNTED, "fractional": None}
            yield CountRecorded(version=1, recorded_at=writing.at, recorded_by=writing.by, **named, **nothing)


def _new(fact: CountRecorded) -> CountRow:
    return CountRow(
        subject=fact.subject, version=0, contract=fact.contract, extraction=fact.extraction, year=fact.year, content=""
    )
