"""Staging a contract's simulated values, all or nothing, where none of their sums would be half real."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.checking import mistake, row_mistakes
from services.indicators.domain.concerned import Concerned
from services.indicators.holding import concerned, existing, now
from services.indicators.rows import TABLES
from services.indicators.staging import Simulated, Staging, simulated
from services.indicators.tables import ObservationRow, RehearsalRow
from shared.authorship import Author
from shared.events.indicators import SimulatedBody
from shared.intake.answers import errors_of, refuse
from shared.intake.mistakes import Mistake
from shared.intake.tables import Parsed
from shared.problems import Conflict, NotFound

_MIXED = "une valeur réelle est enregistrée pour cet indicateur et cette année : ôtez-en la simulation"


async def replace(
    session: AsyncSession, code: str, source: str, parsed: Parsed, author: Author
) -> tuple[Simulated, RehearsalRow]:
    """Stage the whole set; returns the one before it. Raises NotFound, Invalid, or Conflict beside what is real."""
    contract = await existing(session, code)
    followed = concerned(contract)
    refuse(TABLES, [*row_mistakes(parsed, followed), *_too_early(parsed, followed)])
    await _refuse_mixture(session, code, parsed)
    row = await session.get(RehearsalRow, code) or RehearsalRow(contract=code, version=0)
    before = simulated(row)
    values = tuple(SimulatedBody.model_validate(each, from_attributes=True) for _, each in parsed.rows)
    if (row.source, before) != (source, values):
        await Staging(now(contract, author), author.caller.subject).stage(session, row, source, values)
    return before, row


async def remove(session: AsyncSession, code: str, author: Author) -> tuple[Simulated, RehearsalRow]:
    """Take everything away; returns what there was. Raises NotFound where there was nothing."""
    contract = await existing(session, code)
    row = await session.get(RehearsalRow, code)
    before = simulated(row)
    if row is None or not before:
        raise NotFound(f"Aucune valeur simulée n’est chargée pour le contrat « {code} ».")
    await Staging(now(contract, author), author.caller.subject).take_away(session, row)
    return before, row


def _too_early(parsed: Parsed, followed: Concerned) -> Iterator[Mistake]:
    for place, row in parsed.rows:
        if message := followed.too_early(row.year):
            yield mistake(place, "year", "year", message)


async def _refuse_mixture(session: AsyncSession, code: str, parsed: Parsed) -> None:
    observed = ObservationRow
    query = select(observed.indicator, observed.year).where(observed.contract == code)
    real = {(indicator, year) for indicator, year in await session.execute(query.distinct())}
    mixed = [(place, row) for place, row in parsed.rows if (row.indicator, row.year) in real]
    if mixed:
        first = mixed[0][1]
        raise Conflict(
            f"Des valeurs réelles sont enregistrées pour « {first.indicator} » en {first.year} : une somme ne mêle "
            f"jamais le réel et le simulé. {len(mixed)} ligne(s) à ôter.",
            errors=errors_of(TABLES, [mistake(place, "year", "real", _MIXED) for place, _ in mixed]),
        )
