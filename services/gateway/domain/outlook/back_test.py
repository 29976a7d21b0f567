"""What would have been said in each earlier year of a target whose due year is known, against what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.judgement.verdicts import Status
from services.gateway.domain.values import WIDE

from .past import past
from .projection import mean
from .prospects import Chance, Projection, projection, satisfies

_RATIO = Decimal("0.0001")
_AFFIRMED = frozenset({Chance.REACHES, Chance.FALLS_SHORT})
_STATUSES = {True: Status.MET, False: Status.MISSED, None: None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One earlier year: what was projected, and whether it was so.

    `error` is |projected − actual| / |actual|; `right` compares the verdict of the projected value with that of the
    actual one; `unchanged_…` are the same had the last value been repeated. None where nothing can be said.
    """

    year: int
    projection: Projection
    inside: bool | None = None
    status: Status | None = None
    right: bool | None = None
    error: Decimal | None = None
    unchanged_error: Decimal | None = None
    unchanged_right: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    """The value that came in the due year, its verdict where one could be given, and the trials of earlier years."""

    actual: Decimal
    status: Status | None
    trials: tuple[Trial, ...]

    @property
    def is_telling(self) -> bool:
        """Whether something was projected in one of the years at least."""
        return any(each.projection.forecast for each in self.trials)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many trials were projected, fell inside, were judged, were right; shares and mean errors, four decimals.

    `affirmed` are those whose whole interval lay on one side of the level, and `affirmed_right` those that came so.
    """

    projected: int
    insufficient: int
    inside: int
    judged: int
    right: int
    unchanged_right: int
    affirmed: int
    affirmed_right: int
    share_inside: Decimal | None
    share_right: Decimal | None
    mean_error: Decimal | None
    mean_unchanged_error: Decimal | None


def back_test(case: Case) -> BackTest | None:
    """The trials of a target's years from its second; none while its due year is not really known."""
    case = replace(case, series={year: each for year, each in case.series.items() if not each.is_simulated})
    due = case.target.due_year
    actual = past(case, due).values.get(due)
    if actual is None:
        return None
    years = range(case.target.start_year + 1, due)
    return BackTest(
        actual=actual,
        status=_STATUSES[satisfies(case, actual)],
        trials=tuple(_trial(replace(case, year=year), actual) for year in years),
    )


def _trial(case: Case, actual: Decimal) -> Trial:
    found = projection(case)
    last = found.known.last
    if found.forecast is None or last is None:
        return Trial(year=case.year, projection=found)
    said, same, came = (satisfies(case, each) for each in (found.forecast.value, found.known.values[last], actual))
    return Trial(
        year=case.year,
        projection=found,
        inside=found.forecast.holds(actual),
        status=_STATUSES[said],
        right=_agree(said, came),
        error=_error(found.forecast.value, actual),
        unchanged_error=_error(found.known.values[last], actual),
        unchanged_right=_agree(same, came),
    )


def _agree(said: bool | None, came: bool | None) -> bool | None:
    return None if said is None or came is None else said is came


def _error(said: Decimal, actual: Decimal) -> Decimal | None:
    if actual == 0:
        return None
    return WIDE.divide(WIDE.subtract(said, actual), actual).copy_abs().quantize(_RATIO, ROUND_HALF_UP, WIDE)


def totals(tests: Iterable[BackTest]) -> Totals:
    trials = [trial for test in tests for trial in test.trials]
    projected = [each for each in trials if each.projection.forecast]
    judged = [each for each in projected if each.right is not None]
    affirmed = [each for each in judged if each.projection.chance in _AFFIRMED]
    inside, right = sum(each.inside is True for each in projected), sum(each.right is True for each in judged)
    return Totals(
        projected=len(projected),
        insufficient=len(trials) - len(projected),
        inside=inside,
        judged=len(judged),
        right=right,
        unchanged_right=sum(each.unchanged_right is True for each in judged),
        affirmed=len(affirmed),
        affirmed_right=sum(each.right is True for each in affirmed),
        share_inside=_share(inside, len(projected)),
        share_right=_share(right, len(judged)),
        mean_error=_mean([each.error for each in projected]),
        mean_unchanged_error=_mean([each.unchanged_error for each in projected]),
    )


def _share(part: int, whole: int) -> Decimal | None:
    return WIDE.divide(Decimal(part), Decimal(whole)).quantize(_RATIO, ROUND_HALF_UP, WIDE) if whole else None


def _mean(errors: Sequence[Decimal | None]) -> Decimal | None:
    known = [each for each in errors if each is not None]
    return mean(known).quantize(_RATIO, ROUND_HALF_UP, WIDE) if known else None
