"""What a call brings of a rehearsal, and how a contract's definition is shown."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from shared.intake.tables import Parsed

from .checking import mistake
from .rows import OBSERVATIONS, TABLES
from .schemas.rehearsals import RehearsalIn, SimulatedOut

_SIMULATED = frozenset(SimulatedOut.model_fields)
_STRANGE = f"une valeur simulée n’a que ces colonnes : {', '.join(SimulatedOut.model_fields)}"


async def read_rehearsal(rehearsal: RehearsalIn) -> Parsed:
    """The simulated values of a body, each with the source of the whole; of a real one's columns they have no other."""
    return await asyncio.to_thread(_parse_rehearsal, rehearsal)


def _parse_rehearsal(rehearsal: RehearsalIn) -> Parsed:
    rows = rehearsal.observations
    parsed = TABLES.parse(OBSERVATIONS, [_simulated(row) | {"source": rehearsal.source} for row in rows])
    for place, row in enumerate(rows):
        parsed.mistakes.extend(mistake(place, name, "extra_forbidden", _STRANGE) for name in row.keys() - _SIMULATED)
    return parsed


def _simulated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in row.keys() & _SIMULATED}


def definition(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text)
    return loaded
