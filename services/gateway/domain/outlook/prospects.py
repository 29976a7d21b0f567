"""Where a target's series leads by its due year, and what chance that leaves to the level asked for."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.judgement.comparison import Comparison, compare
from services.gateway.domain.typography import number, quantity, typeset

from .past import Past, past
from .projection import FEWEST_CHANGES, Forecast, Unknown, project


class Chance(StrEnum):
    """Where the level lies, seen from the projection's interval."""

    REACHES = "reaches"  # the whole interval satisfies the target
    UNCERTAIN = "uncertain"  # a part of it does
    FALLS_SHORT = "falls-short"  # none of it does


_OUTCOMES = {
    Chance.REACHES: "tout l’intervalle atteint le niveau demandé",
    Chance.UNCERTAIN: "une partie de l’intervalle seulement atteint le niveau demandé",
    Chance.FALLS_SHORT: "aucun point de l’intervalle n’atteint le niveau demandé",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """The due year's value if the series goes on as it did, or why there is none; `chance` where a level is asked."""

    due_year: int
    forecast: Forecast | None
    unknown: Unknown | None
    chance: Chance | None
    known: Past
    sentence: str


def projection(case: Case) -> Projection:
    """What the values up to the year of the case say of the due year; total, never raising."""
    known = past(case, case.year)
    found = project(known, case.target.measure, case.target.due_year)
    if isinstance(found, Unknown):
        return _projection(case, known, None, found, None)
    return _projection(case, known, found, None, _chance(case, found))


def _projection(
    case: Case, known: Past, forecast: Forecast | None, unknown: Unknown | None, chance: Chance | None
) -> Projection:
    said = _forecast(case, forecast, chance) if forecast else _unknown(case, unknown, known)
    return Projection(
        due_year=case.target.due_year,
        forecast=forecast,
        unknown=unknown,
        chance=chance,
        known=known,
        sentence=typeset(f"{said}.{_origin(known)}"),
    )


def satisfies(case: Case, value: Decimal) -> bool | None:
    """Whether the value would satisfy the target in its due year; none where nothing can be compared."""
    found = compare(replace(case, year=case.target.due_year), value)
    return found.satisfied if isinstance(found, Comparison) else None


def _chance(case: Case, found: Forecast) -> Chance | None:
    """Tried on the ends, the middle, and the levels themselves where they lie within."""
    asked = compare(replace(case, year=case.target.due_year), found.value)
    if not isinstance(asked, Comparison):
        return None
    levels = [each for each in (asked.asked.level, asked.other) if each is not None and found.holds(each)]
    tried = {satisfies(case, each) for each in (found.low, found.value, found.high, *levels)}
    if tried == {True}:
        return Chance.REACHES
    return Chance.UNCERTAIN if True in tried else Chance.FALLS_SHORT


def _forecast(case: Case, found: Forecast, chance: Chance | None) -> str:
    measure, due = case.target.measure, case.target.due_year
    interval = f"entre {number(found.low, measure.decimals)} et {number(found.high, measure.decimals)}"
    said = f"Au rythme passé, {quantity(found.value, measure)} en {due}, {interval} huit fois sur dix"
    return f"{said} : {_OUTCOMES[chance]}" if chance else said


def _unknown(case: Case, reason: Unknown | None, known: Past) -> str:
    due = case.target.due_year
    if reason is Unknown.YEAR_REACHED:
        return f"La valeur {due} est connue : rien à projeter"
    if reason is Unknown.METHOD_BREAK:
        return f"La méthode de mesure change d’ici {due} : rien à projeter"
    if reason is Unknown.NO_INDEX:
        return f"Historique insuffisant en euros constants : il manque l’indice de prix {known.unindexed[-1]}"
    needed = FEWEST_CHANGES if case.target.is_cumulative else FEWEST_CHANGES + 1
    return f"Historique insuffisant : il faut {needed} valeurs de suite, de même méthode (connues : {len(known.years)})"


def _origin(known: Past) -> str:
    """Which values it was made from, where some are simulated."""
    if known.simulated:
        return " Sur des valeurs simulées."
    return f" Valeurs simulées laissées de côté : {_listed(known.set_aside)}." if known.set_aside else ""


def _listed(years: tuple[int, ...]) -> str:
    return ", ".join(str(year) for year in years)
