"""The effort left until a target's due year: the yearly change still needed, beside the past pace."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.judgement.comparison import Comparison, compare
from services.gateway.domain.judgement.requirement import FLOORS
from services.gateway.domain.judgement.sentences import STRICTLY
from services.gateway.domain.targets import Measure
from services.gateway.domain.typography import difference, marked, number, percent, quantity, typeset
from services.gateway.domain.values import WIDE

from .past import past
from .projection import mean

FEWEST_PACES = 2
_ONE, _ZERO = Decimal(1), Decimal(0)
_RATIO, _TIMES, _TENTH = Decimal("0.0001"), Decimal("0.01"), Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The past yearly changes: the best in the wanted direction, and the mean; and what multiple of each is needed.

    A multiple is none where nothing is needed, and where the series did not move in the wanted direction.
    """

    best: Decimal
    mean: Decimal
    times_best: Decimal | None
    times_mean: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """The yearly change still needed, signed, in the measure's unit: zero where the level is reached.

    `growth` is the same as a yearly rate with four decimals: none for a rate, a sum, and from or to zero. `pace` is
    none where fewer than two yearly changes are known. `simulated` where the value that it starts from is.
    """

    level: Decimal
    value: Decimal
    needed: Decimal
    growth: Decimal | None
    pace: Pace | None
    reached: bool
    simulated: bool
    sentence: str


def effort(case: Case) -> Effort | None:
    """What is left in the year of the case; none without a level, a value, a year left, or across a new method."""
    due = replace(case, year=case.target.due_year)
    if case.value is None or not _is_under_way(case) or _is_broken(case):
        return None
    found = compare(due, case.value)
    return _effort(case, found, case.value) if isinstance(found, Comparison) else None


def _is_under_way(case: Case) -> bool:
    """Before the due year; and for a sum, after the year that it starts from."""
    return case.year < case.target.due_year and (not case.target.is_cumulative or case.year > case.origin)


def _is_broken(case: Case) -> bool:
    """Whether the method of measuring changes before the due year."""
    return any(case.year < each <= case.target.due_year for each in case.target.measure.breaks)


def _effort(case: Case, found: Comparison, value: Decimal) -> Effort:
    level, years = found.asked.level, Decimal(case.target.due_year - case.year)
    needed = _ZERO if found.satisfied else WIDE.divide(WIDE.subtract(level, value), years)
    growth = None if found.satisfied or _is_rateless(case) else _growth(value, level, years)
    pace = _pace(past(case, case.year).changes.values(), needed, _sign(found))
    return Effort(
        level=level,
        value=value,
        needed=needed,
        growth=growth,
        pace=pace,
        reached=found.satisfied,
        simulated=case.is_simulated,
        sentence=marked(typeset(_sentence(case, found, needed, growth, pace)), case.is_simulated),
    )


def _is_rateless(case: Case) -> bool:
    return case.target.measure.is_rate or case.target.is_cumulative


def _growth(value: Decimal, level: Decimal, years: Decimal) -> Decimal | None:
    """The same growth every year; nothing grows from, or to, zero or less."""
    if value <= 0 or level <= 0:
        return None
    rate = WIDE.power(WIDE.divide(level, value), WIDE.divide(_ONE, years))
    return WIDE.subtract(rate, _ONE).quantize(_RATIO, ROUND_HALF_UP, WIDE)


def _sign(found: Comparison) -> Decimal:
    """+1 where more is asked, −1 where less is."""
    return _ONE if found.comparison in FLOORS else -_ONE


def _pace(changes: Iterable[Decimal], needed: Decimal, sign: Decimal) -> Pace | None:
    known = tuple(changes)
    if len(known) < FEWEST_PACES:
        return None
    best, average = max(known, key=lambda each: WIDE.multiply(each, sign)), mean(known)
    return Pace(
        best=best, mean=average, times_best=_times(needed, best, sign), times_mean=_times(needed, average, sign)
    )


def _times(needed: Decimal, pace: Decimal, sign: Decimal) -> Decimal | None:
    if needed == 0 or WIDE.multiply(pace, sign) <= 0:
        return None
    return WIDE.divide(needed, pace).quantize(_TIMES, ROUND_HALF_UP, WIDE)


def _sentence(case: Case, found: Comparison, needed: Decimal, growth: Decimal | None, pace: Pace | None) -> str:
    due, level = case.target.due_year, quantity(found.asked.level, case.target.measure)
    if found.satisfied:
        asked = f"{STRICTLY.get(found.comparison, '')}{level}"
        return f"Le niveau demandé en {due} ({asked}) est déjà atteint : il reste à s’y tenir."
    if needed == 0:
        side = "au-dessus" if found.comparison in FLOORS else "en dessous"
        return f"La valeur est égale au niveau de {due} ({level}) : il faut passer strictement {side}."
    side = "de plus" if found.comparison in FLOORS else "de moins"
    rate = f" ({percent(growth)} par an)" if growth is not None else ""
    return f"Il faut {_amount(needed, case.target.measure)} {side} par an jusqu’en {due}{rate}{_beside(pace)}."


def _amount(needed: Decimal, measure: Measure) -> str:
    """Without its sign: points for a rate, the unit for anything else."""
    return difference(needed, measure) if measure.is_rate else quantity(needed.copy_abs(), measure)


def _beside(pace: Pace | None) -> str:
    """The effort, as a multiple of the past pace."""
    if pace is None:
        return " ; historique insuffisant pour le comparer au rythme passé"
    if pace.times_best is None:
        return " ; la série n’a encore jamais évolué dans ce sens"
    usual = f" et {_fold(pace.times_mean)} le rythme moyen" if pace.times_mean is not None else ""
    return f", soit {_fold(pace.times_best)} le meilleur rythme passé{usual}"


def _fold(times: Decimal) -> str:
    tenths = times.quantize(_TENTH, ROUND_HALF_UP, WIDE)
    return f"{number(tenths, 1)} fois" if tenths else f"moins de {number(_TENTH, 1)} fois"
