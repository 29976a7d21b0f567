"""Staging a contract's simulated values: the whole set in one version, and nothing of it left once it is taken away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from shared import outbox
from shared.events.indicators import RehearsalStaged, SimulatedBody

from .tables import RehearsalRow

Simulated = tuple[SimulatedBody, ...]
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

    async def give_way(self, session: AsyncSession, contract: str, observed: Iterable[tuple[str, int]]) -> None:
        """Take away what is simulated for these indicators and years, now observed: no sum is half real."""
        row = await session.get(RehearsalRow, contract)
        staged, real = simulated(row), set(observed)
        left = tuple(each for each in staged if (each.indicator, each.year) not in real)
        if row is None or left == staged:
            return
        await (self.stage(session, row, row.source or "", left) if left else self.take_away(session, row))

    def _fact(self, row: RehearsalRow, source: str, values: Simulated) -> RehearsalStaged:
        return RehearsalStaged(
            version=row.version,
            contract=row.contract,
            source=source,
            staged_at=self.at,
            staged_by=self.by,
            observations=values,
        )


def simulated(row: RehearsalRow | None) -> Simulated:
    """The values that are staged; none where nothing ever was, or it was taken away."""
    return _SIMULATED.validate_json(row.observations) if row and row.observations else ()
