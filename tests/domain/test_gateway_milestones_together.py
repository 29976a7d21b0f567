"""Where a step that every school takes stands, from what each of them stated."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from services.gateway.domain.milestones.due import Due, Forecast
from services.gateway.domain.milestones.progress import UNSTATED, Progress, State
from services.gateway.domain.milestones.standing import Lateness, Situation
from services.gateway.domain.milestones.together import together

T2 = Due(date(2025, 4, 1), date(2025, 6, 30), "T2 2025")
T3 = Due(date(2025, 7, 1), date(2025, 9, 30), "T3 2025")
T4 = Due(date(2025, 10, 1), date(2025, 12, 31), "T4 2025")
AUTUMN = Due(date(2025, 9, 1), date(2025, 12, 31), "septembre à décembre 2025")
SAID = {
    "high": Forecast(date(2025, 5, 1), date(2025, 5, 31), "mai 2025", False, "high"),
    "low": Forecast(date(2025, 6, 1), date(2025, 6, 30), "juin 2025", False, "low"),
    "late": Forecast(date(2025, 8, 1), date(2025, 8, 31), "août 2025", False, "medium"),
    "as late": Forecast(date(2025, 7, 1), date(2025, 8, 31), "été 2025", True, "high"),
}
BEFORE, WITHIN, AFTER = date(2025, 3, 31), date(2025, 5, 15), date(2025, 7, 1)
DONE, ABANDONED, STARTED = Progress(State.DONE), Progress(State.ABANDONED), Progress(State.IN_PROGRESS)
PARTLY = Progress(State.PARTLY_DONE, Decimal("0.8"))
TO_T3, TO_T4 = Progress(State.POSTPONED, due=T3), Progress(State.POSTPONED, due=T4)


def stated(words: str) -> list[Progress]:
    """One letter an entity: planned, in progress, partly done, done, postponed to T4 (r), abandoned."""
    each = {"p": UNSTATED, "i": STARTED, "y": PARTLY, "d": DONE, "r": TO_T4, "a": ABANDONED}
    return [each[letter] for letter in words]


@pytest.mark.parametrize(
    ("words", "state", "share"),
    [
        ("", "planned", None),
        ("p", "planned", None),
        ("pppp", "planned", None),
        ("ppa", "planned", None),
        ("d", "done", None),
        ("ddd", "done", None),
        ("a", "abandoned", None),
        ("aaa", "abandoned", None),
        ("dp", "partly_done", "0.5"),
        ("dpp", "partly_done", "0.3333"),
        ("ddp", "partly_done", "0.6667"),
        ("dddddddpp", "partly_done", "0.7778"),
        ("da", "partly_done", "0.5"),
        ("dr", "partly_done", "0.5"),
        ("ydii", "partly_done", "0.25"),
        ("yp", "partly_done", "0"),
        ("yaar", "partly_done", "0"),
        ("ip", "in_progress", None),
        ("iraap", "in_progress", None),
        ("rp", "postponed", None),
        ("rra", "postponed", None),
        ("rrr", "postponed", None),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_the_state_and_the_share_done(words: str, state: str, share: str | None, backwards: bool) -> None:
    found = together(T2, stated(words[::-1] if backwards else words), BEFORE)
    assert (found.state, None if found.share is None else str(found.share)) == (state, share)


@pytest.mark.parametrize(
    ("each", "due"),
    [
        ([], T2),
        ([UNSTATED, UNSTATED], T2),
        ([TO_T4, UNSTATED], T2),
        ([TO_T4, TO_T3], T3),
        ([TO_T4, DONE], T4),
        ([Progress(State.DONE, due=T3), TO_T4], T4),
        ([Progress(State.ABANDONED, due=T3), TO_T4], T3),
        ([ABANDONED, TO_T4], T2),
        ([DONE, DONE], T2),
        ([Progress(State.DONE, due=T4)], T2),
        ([Progress(State.IN_PROGRESS, due=AUTUMN), TO_T4], AUTUMN),
        ([TO_T4, Progress(State.IN_PROGRESS, due=AUTUMN)], T4),
    ],
)
def test_the_date_that_ends_first_among_those_not_done(each: Sequence[Progress], due: Due) -> None:
    assert together(T2, each, WITHIN).due == due


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ([], None),
        (["", ""], None),
        (["high", ""], "high"),
        (["high", "low"], "low"),
        (["late", "low", "high"], "late"),
        (["late", "as late"], "late"),
        (["as late", "late"], "as late"),
    ],
)
def test_the_forecast_that_ends_last(words: list[str], last: str | None) -> None:
    found = together(T2, [Progress(State.IN_PROGRESS, forecast=SAID.get(each)) for each in words], WITHIN)
    assert found.forecast == (SAID[last] if last else None)


def test_what_is_done_or_abandoned_forecasts_nothing() -> None:
    over = [Progress(state, forecast=SAID["late"]) for state in (State.DONE, State.ABANDONED)]
    assert together(T2, over, WITHIN).forecast is None
    assert together(T2, [*over, Progress(forecast=SAID["high"])], WITHIN).forecast == SAID["high"]


@pytest.mark.parametrize(
    ("days", "others", "done_on", "days_late"),
    [
        (["2025-05-02"], "", "2025-05-02", None),
        (["2025-05-02", "2025-06-30"], "", "2025-06-30", None),
        (["2025-07-10", "2025-05-02"], "", "2025-07-10", 10),
        (["2025-07-10", "2025-05-02"], "d", "2025-07-10", 10),
        (["2025-05-02"], "p", None, None),
        (["2025-07-10"], "a", None, None),
        ([], "dd", None, None),
    ],
)
def test_done_on_the_last_day_once_all_are_done(
    days: list[str], others: str, done_on: str | None, days_late: int | None
) -> None:
    each = [Progress(State.DONE, done_on=date.fromisoformat(day)) for day in days]
    found = together(T2, [*each, *stated(others)], BEFORE)
    assert (found.done_on and found.done_on.isoformat(), found.days_late) == (done_on, days_late)


@pytest.mark.parametrize(
    ("words", "on", "lateness", "days_late", "situation"),
    [
        ("", BEFORE, "on_time", None, "coming"),
        ("", WITHIN, "at_risk", None, "coming"),
        ("", AFTER, "late", 1, "late"),
        ("pp", AFTER, "late", 1, "late"),
        ("dp", BEFORE, "on_time", None, "in_progress"),
        ("dp", WITHIN, "at_risk", None, "in_progress"),
        ("ddddp", AFTER, "late", 1, "late"),
        ("dd", AFTER, "on_time", None, "done"),
        ("dr", AFTER, "on_time", None, "in_progress"),
        ("dr", date(2026, 1, 1), "late", 1, "late"),
        ("rr", AFTER, "on_time", None, "postponed"),
        ("rr", date(2025, 10, 1), "at_risk", None, "postponed"),
        ("rp", AFTER, "late", 1, "late"),
        ("ra", AFTER, "late", 1, "late"),
        ("aa", WITHIN, "on_time", None, "abandoned"),
        ("aa", date(2025, 7, 31), "late", 31, "abandoned"),
        ("ia", WITHIN, "at_risk", None, "in_progress"),
    ],
)
def test_late_for_the_one_that_is_last(
    words: str, on: date, lateness: str, days_late: int | None, situation: str
) -> None:
    found = together(T2, stated(words), on)
    assert (found.lateness, found.days_late, found.situation) == (lateness, days_late, situation)


@pytest.mark.parametrize(
    ("words", "on", "lateness"),
    [
        (["high", "high"], WITHIN, "on_time"),
        (["high", "low"], WITHIN, "at_risk"),
        (["high", "late"], BEFORE, "at_risk"),
        (["high", "low"], BEFORE, "on_time"),
        (["high", "high"], AFTER, "late"),
    ],
)
def test_at_risk_with_the_last_forecast(words: list[str], on: date, lateness: str) -> None:
    each = [Progress(State.IN_PROGRESS, forecast=SAID[word]) for word in words]
    assert together(T2, each, on).lateness == lateness


def test_one_school_may_hold_back_what_the_others_have_done() -> None:
    found = together(T2, [*stated("dddddddd"), UNSTATED], date(2025, 12, 31))
    assert (found.state, found.share) == (State.PARTLY_DONE, Decimal("0.8889"))
    assert (found.lateness, found.days_late, found.situation) == (Lateness.LATE, 184, Situation.LATE)
