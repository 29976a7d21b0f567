"""Where one step of one entity stands on a day: every state, around the interval of its date."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.gateway.domain.milestones.due import Due, Forecast
from services.gateway.domain.milestones.progress import LABELS, UNSTATED, Progress, State
from services.gateway.domain.milestones.standing import (
    LATENESS_LABELS,
    SITUATION_LABELS,
    Lateness,
    Situation,
    standing,
    summary,
)

T2 = Due(date(2025, 4, 1), date(2025, 6, 30), "T2 2025")
T4 = Due(date(2025, 10, 1), date(2025, 12, 31), "T4 2025")
ONE_DAY = Due(date(2025, 6, 15), date(2025, 6, 15), "15 juin 2025")
LEAP_DAY = Due(date(2024, 2, 29), date(2024, 2, 29), "29 février 2024")
YEAR = Due(date(2025, 1, 1), date(2025, 12, 31), "2025")
BY_END = Due(date(2025, 1, 1), date(2025, 12, 31), "avant fin 2025 ?", doubtful=True)
ENDS = {
    "before": (date(2025, 5, 1), date(2025, 5, 31), "mai 2025"),
    "at the end": (date(2025, 6, 1), date(2025, 6, 30), "juin 2025"),
    "after": (date(2025, 7, 1), date(2025, 7, 31), "juillet 2025"),
    "across": (date(2025, 6, 1), date(2025, 7, 1), "juin 2025 à juillet 2025"),
}


def day(words: str) -> date:
    return date.fromisoformat(words)


def foreseen(end: str, confidence: str) -> Forecast:
    earliest, latest, text = ENDS[end]
    return Forecast(earliest, latest, text, False, confidence)


@pytest.mark.parametrize(
    ("state", "on", "lateness", "days_late", "situation"),
    [
        ("planned", "2025-03-31", "on_time", None, "coming"),
        ("planned", "2025-04-01", "at_risk", None, "coming"),
        ("planned", "2025-06-30", "at_risk", None, "coming"),
        ("planned", "2025-07-01", "late", 1, "late"),
        ("planned", "2025-09-30", "late", 92, "late"),
        ("in_progress", "2025-03-31", "on_time", None, "in_progress"),
        ("in_progress", "2025-04-01", "at_risk", None, "in_progress"),
        ("in_progress", "2025-06-30", "at_risk", None, "in_progress"),
        ("in_progress", "2025-07-01", "late", 1, "late"),
        ("partly_done", "2025-03-31", "on_time", None, "in_progress"),
        ("partly_done", "2025-04-01", "at_risk", None, "in_progress"),
        ("partly_done", "2025-06-30", "at_risk", None, "in_progress"),
        ("partly_done", "2025-07-01", "late", 1, "late"),
        ("done", "2025-03-31", "on_time", None, "done"),
        ("done", "2025-04-01", "on_time", None, "done"),
        ("done", "2025-06-30", "on_time", None, "done"),
        ("done", "2025-07-01", "on_time", None, "done"),
        ("postponed", "2025-03-31", "on_time", None, "postponed"),
        ("postponed", "2025-04-01", "at_risk", None, "postponed"),
        ("postponed", "2025-06-30", "at_risk", None, "postponed"),
        ("postponed", "2025-07-01", "late", 1, "late"),
        ("abandoned", "2025-03-31", "on_time", None, "abandoned"),
        ("abandoned", "2025-04-01", "on_time", None, "abandoned"),
        ("abandoned", "2025-06-30", "on_time", None, "abandoned"),
        ("abandoned", "2025-07-01", "late", 1, "abandoned"),
        ("abandoned", "2026-06-30", "late", 365, "abandoned"),
    ],
)
def test_a_state_around_its_interval(state: str, on: str, lateness: str, days_late: int | None, situation: str) -> None:
    found = standing(T2, Progress(State(state)), day(on))
    assert (found.lateness, found.days_late, found.situation) == (lateness, days_late, situation)


@pytest.mark.parametrize(
    ("end", "confidence", "lateness"),
    [
        ("before", "high", ["on_time", "on_time", "on_time", "late"]),
        ("before", "medium", ["on_time", "on_time", "on_time", "late"]),
        ("before", "low", ["on_time", "at_risk", "at_risk", "late"]),
        ("at the end", "high", ["on_time", "on_time", "on_time", "late"]),
        ("at the end", "medium", ["on_time", "on_time", "on_time", "late"]),
        ("at the end", "low", ["on_time", "at_risk", "at_risk", "late"]),
        ("after", "high", ["at_risk", "at_risk", "at_risk", "late"]),
        ("after", "medium", ["at_risk", "at_risk", "at_risk", "late"]),
        ("after", "low", ["at_risk", "at_risk", "at_risk", "late"]),
        ("across", "high", ["at_risk", "at_risk", "at_risk", "late"]),
    ],
)
@pytest.mark.parametrize("state", ["planned", "in_progress", "partly_done", "postponed"])
def test_a_forecast_before_inside_and_after_the_interval(
    state: str, end: str, confidence: str, lateness: list[str]
) -> None:
    progress = Progress(State(state), forecast=foreseen(end, confidence))
    days = ("2025-03-31", "2025-04-01", "2025-06-30", "2025-07-01")
    found = [standing(T2, progress, day(each)).lateness for each in days]
    assert found == lateness


@pytest.mark.parametrize(
    ("state", "on", "lateness", "days_late", "situation"),
    [
        ("postponed", "2025-03-31", "on_time", None, "postponed"),
        ("postponed", "2025-06-30", "on_time", None, "postponed"),
        ("postponed", "2025-07-01", "on_time", None, "postponed"),
        ("postponed", "2025-09-30", "on_time", None, "postponed"),
        ("postponed", "2025-10-01", "at_risk", None, "postponed"),
        ("postponed", "2025-12-31", "at_risk", None, "postponed"),
        ("postponed", "2026-01-01", "late", 1, "late"),
        ("in_progress", "2025-07-01", "on_time", None, "in_progress"),
        ("in_progress", "2026-01-31", "late", 31, "late"),
        ("partly_done", "2025-10-01", "at_risk", None, "in_progress"),
        ("done", "2026-01-31", "on_time", None, "done"),
        ("abandoned", "2025-07-01", "on_time", None, "abandoned"),
        ("abandoned", "2026-01-02", "late", 2, "abandoned"),
    ],
)
def test_a_postponed_date_takes_the_place_of_the_steps_own(
    state: str, on: str, lateness: str, days_late: int | None, situation: str
) -> None:
    found = standing(T2, Progress(State(state), due=T4), day(on))
    assert (found.due, found.lateness, found.days_late, found.situation) == (T4, lateness, days_late, situation)


@pytest.mark.parametrize(
    ("done_on", "postponed", "days_late"),
    [
        ("2024-01-15", None, None),
        ("2025-06-30", None, None),
        ("2025-07-01", None, 1),
        ("2025-12-31", None, 184),
        ("2025-12-31", T4, None),
        ("2026-01-01", T4, 1),
    ],
)
@pytest.mark.parametrize("on", ["2025-03-31", "2027-01-01"])
def test_done_late_is_done_and_says_by_how_much(
    done_on: str, postponed: Due | None, days_late: int | None, on: str
) -> None:
    found = standing(T2, Progress(State.DONE, done_on=day(done_on), due=postponed), day(on))
    assert (found.lateness, found.days_late, found.situation) == (Lateness.ON_TIME, days_late, Situation.DONE)


@pytest.mark.parametrize(
    ("due", "on", "lateness", "days_late"),
    [
        (ONE_DAY, "2025-06-14", "on_time", None),
        (ONE_DAY, "2025-06-15", "at_risk", None),
        (ONE_DAY, "2025-06-16", "late", 1),
        (LEAP_DAY, "2024-02-28", "on_time", None),
        (LEAP_DAY, "2024-03-01", "late", 1),
        (YEAR, "2024-12-31", "on_time", None),
        (YEAR, "2025-01-01", "at_risk", None),
        (YEAR, "2026-01-01", "late", 1),
        (BY_END, "2025-12-31", "at_risk", None),
        (BY_END, "2026-02-01", "late", 32),
    ],
)
def test_narrow_wide_and_doubtful_intervals(due: Due, on: str, lateness: str, days_late: int | None) -> None:
    found = standing(due, UNSTATED, day(on))
    assert (found.lateness, found.days_late) == (lateness, days_late)


def test_a_standing_repeats_what_was_stated() -> None:
    stated = Progress(State.PARTLY_DONE, Decimal("0.5"), due=T4, forecast=foreseen("after", "low"))
    found = standing(T2, stated, day("2025-05-01"))
    assert (found.state, found.share, found.done_on) == (State.PARTLY_DONE, Decimal("0.5"), None)
    assert (found.due, found.forecast) == (T4, stated.forecast)
    assert standing(T2, replace(stated, due=None), day("2025-05-01")).due == T2


def test_the_summary_has_every_situation() -> None:
    nothing = {"done": 0, "in_progress": 0, "late": 0, "coming": 0, "postponed": 0, "abandoned": 0}
    assert summary([]) == nothing
    some = [Situation.LATE, Situation.DONE, Situation.LATE, Situation.COMING]
    assert summary(some) == {**nothing, "late": 2, "done": 1, "coming": 1}
    assert list(summary(iter(some))) == list(nothing)


def test_what_people_read() -> None:
    assert [LABELS[each] for each in State] == [
        *("à venir", "en cours", "partiellement réalisée", "réalisée", "reportée", "abandonnée")
    ]
    assert [LATENESS_LABELS[each] for each in Lateness] == ["dans les temps", "à risque", "en retard"]
    said = Counter(SITUATION_LABELS[each] for each in Situation)
    assert said == Counter(["réalisée", "en cours", "en retard", "à venir", "reportée", "abandonnée"])
