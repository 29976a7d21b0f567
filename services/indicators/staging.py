"""Staging a contract's simulated values: the whole set in one version, and nothing of it left once it is taken away."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from shared import outbox
from shared.events.indicators import RehearsalStaged, SimulatedBody
from shared.sentences import typeset

from .domain.concerned import Concerned
from .tables import RehearsalRow

Simulated = tuple[SimulatedBody, ...]
Places = AbstractSet[tuple[str, int]]  # indicators and years
_SIMULATED = TypeAdapter(Simulated)


@dataclass(frozen=True, slots=True)
class Staging:
    """Who stages, or takes away, when."""

    at: datetime
    by: str

    async def stage(self, session: AsyncSession, row: RehearsalRow, source: str, values: Simulated) -> None:
        """Replace the whole set."""
        row.version += 1
        row.source, row.observations = source, _SIMULATED.dump_json(values).decode()
        row.staged_at, row.staged_by = self.at, self.by
        session.add(row)
        outbox.record(session, self._fact(row, source, values), at=self.at)

    async def take_away(self, session: AsyncSession, row: RehearsalRow) -> None:
        """Keep the version alone, so that it goes on growing, and the one event that tells readers to forget."""
        row.version += 1
        row.source = row.observations = row.staged_at = row.staged_by = None
        fact = self._fact(row, "", ())
        await outbox.forget(session, fact)
        outbox.record(session, fact, at=self.at)

    async def give_way(self, session: AsyncSession, contract: str, observed: Places, concerned: Concerned) -> list[str]:
        """Take away what is now observed, since no sum is half real, and what the contract no longer follows.

        Returns a notice for each of the two reasons.
        """
        row = await session.get(RehearsalRow, contract)
        fates = [(_reason(each, observed, concerned), each) for each in simulated(row)]
        left = tuple(each for why, each in fates if why is None)
        if row is None or len(left) == len(fates):
            return []
        await (self.stage(session, row, row.source or "", left) if left else self.take_away(session, row))
        reasons = sorted({why for why, _ in fates if why})
        return [_notice(why, [each for fate, each in fates if fate == why]) for why in reasons]

    def _fact(self, row: RehearsalRow, source: str, values: Simulated) -> RehearsalStaged:
        return RehearsalStaged(
            version=row.version,
            contract=row.contract,
            source=source,
            staged_at=self.at,
            staged_by=self.by,
            observations=values,
        )


def _reason(each: SimulatedBody, observed: Places, concerned: Concerned) -> str | None:
    """Why a simulated value goes; none where it stays."""
    if (each.indicator, each.year) in observed:
        return "des valeurs réelles les remplacent"
    return None if concerned.rehearses(each.indicator, each.entity, each.year) else "le contrat ne les suit plus"


def _notice(why: str, gone: list[SimulatedBody]) -> str:
    places = sorted({(each.indicator, each.year) for each in gone})
    named = ", ".join(f"{indicator} {year}" for indicator, year in places)
    return typeset(f"{len(gone)} valeur(s) simulée(s) ôtée(s), {why} : {named}")


def simulated(row: RehearsalRow | None) -> Simulated:
    """The values that are staged; none where nothing ever was, or it was taken away."""
    return _SIMULATED.validate_json(row.observations) if row and row.observations else ()
