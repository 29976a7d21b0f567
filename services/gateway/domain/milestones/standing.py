"""Where a step of one entity stands on a day: late or not, by how much, and among which it is counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .due import Due, Forecast
from .progress import Progress, State

_SETTLED = frozenset({State.DONE, State.ABANDONED})
_TRUSTED = frozenset({"high", "medium"})


class Lateness(StrEnum):
    """Beside the end of the date that holds."""

    ON_TIME = "on_time"
    AT_RISK = "at_risk"
    LATE = "late"


LATENESS_LABELS = {
    Lateness.ON_TIME: "dans les temps",
    Lateness.AT_RISK: "à risque",
    Lateness.LATE: "en retard",
}


class Situation(StrEnum):
    """What is counted: every step is in exactly one."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    LATE = "late"
    COMING = "coming"
    POSTPONED = "postponed"
    ABANDONED = "abandoned"


SITUATION_LABELS = {
    Situation.DONE: "réalisée",
    Situation.IN_PROGRESS: "en cours",
    Situation.LATE: "en retard",
    Situation.COMING: "à venir",
    Situation.POSTPONED: "reportée",
    Situation.ABANDONED: "abandonnée",
}

_SITUATIONS = {
    State.PLANNED: Situation.COMING,
    State.IN_PROGRESS: Situation.IN_PROGRESS,
    State.PARTLY_DONE: Situation.IN_PROGRESS,
    State.DONE: Situation.DONE,
    State.POSTPONED: Situation.POSTPONED,
    State.ABANDONED: Situation.ABANDONED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """`due` is the date that holds; `days_late` is counted from its end, to the day or to the day it was done."""

    state: State
    share: Decimal | None
    done_on: date | None
    due: Due
    forecast: Forecast | None
    lateness: Lateness
    days_late: int | None
    situation: Situation


def standing(due: Due, progress: Progress, on: date) -> Standing:
    """Of one entity; the date that the step was postponed to takes the place of its own."""
    held = progress.due or due
    lateness = _lateness(held, progress, on)
    return Standing(
        state=progress.state,
        share=progress.share,
        done_on=progress.done_on,
        due=held,
        forecast=progress.forecast,
        lateness=lateness,
        days_late=_days_late(held, progress, on),
        situation=_situation(progress.state, lateness),
    )


def summary(situations: Iterable[Situation]) -> dict[str, int]:
    """How many steps are in each situation, those with none too."""
    counted = Counter(situations)
    return {each.value: counted[each] for each in Situation}


def _lateness(due: Due, progress: Progress, on: date) -> Lateness:
    """A step abandoned is late too: it was due, and is not done."""
    if due.latest < on and progress.state is not State.DONE:
        return Lateness.LATE
    if progress.state not in _SETTLED and _is_at_risk(due, progress.forecast, on):
        return Lateness.AT_RISK
    return Lateness.ON_TIME


def _is_at_risk(due: Due, forecast: Forecast | None, on: date) -> bool:
    """Foreseen after the end of the date; or the date is reached, and nothing trusted foresees its end."""
    if forecast is not None and forecast.latest > due.latest:
        return True
    is_trusted = forecast is not None and forecast.confidence in _TRUSTED
    return due.earliest <= on and not is_trusted


def _days_late(due: Due, progress: Progress, on: date) -> int | None:
    """Of a step done on a day that is not known, none."""
    until = progress.done_on if progress.state is State.DONE else on
    return (until - due.latest).days if until is not None and until > due.latest else None


def _situation(state: State, lateness: Lateness) -> Situation:
    if lateness is Lateness.LATE and state is not State.ABANDONED:
        return Situation.LATE
    return _SITUATIONS[state]
