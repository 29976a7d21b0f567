"""What an entity stated of a step: its state, and what goes with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .due import Due, Forecast


class State(StrEnum):
    """The six states that an entity may state."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    PARTLY_DONE = "partly_done"
    DONE = "done"
    POSTPONED = "postponed"
    ABANDONED = "abandoned"


LABELS = {
    State.PLANNED: "à venir",
    State.IN_PROGRESS: "en cours",
    State.PARTLY_DONE: "partiellement réalisée",
    State.DONE: "réalisée",
    State.POSTPONED: "reportée",
    State.ABANDONED: "abandonnée",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """`share` is that of a step partly done, `due` the date it was postponed to and still holds."""

    state: State = State.PLANNED
    share: Decimal | None = None
    done_on: date | None = None
    due: Due | None = None
    forecast: Forecast | None = None


UNSTATED = Progress()
"""What holds of a step until something is stated."""
