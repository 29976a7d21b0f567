"""What a verdict says to a board: one French sentence, with the figures that decided."""

from collections.abc import Sequence
from decimal import Decimal

from services.gateway.domain.targets import Measure
from services.gateway.domain.typography import difference, level, number, percent, quantity
from services.gateway.domain.values import WIDE, Stated

from .case import Case
from .comparison import Comparison
from .requirement import FLOORS, Lack, Required
from .verdicts import Rule, Status

_REASONS = {
    "late": "elle est en retard",
    "confidential": "elle est confidentielle",
    "not_measured": "elle n’a pas été mesurée",
    "refused": "elle a été refusée",
    "not_applicable": "elle est sans objet",
}


def not_concerned(case: Case) -> str:
    return f"Sans objet en {case.year} : l’entité n’est pas concernée."


def monitored(case: Case) -> str:
    if case.value is None:
        return "Indicateur suivi sans cible."
    when = f"{_gathered(case)} en {case.year}"
    return f"Indicateur suivi sans cible : {quantity(case.value, case.target.measure)}{when}."


def before_start(case: Case) -> str:
    start = max(case.target.start_year, case.origin)
    return f"Rien à juger en {case.year} : le chemin vers la cible commence en {start}."


def year_ahead(year: int) -> str:
    return f"L’année {year} n’a pas commencé : rien n’est encore à juger."


def year_open(year: int) -> str:
    return f"La valeur {year} n’est pas encore attendue"


def no_value(year: int, stated: Stated) -> str:
    if stated.absence is None:
        return f"Aucune valeur {year} n’a été communiquée"
    return f"Pas de valeur {year} : {_REASONS.get(stated.absence, 'le motif donné est inconnu')}"


def awaited(case: Case, reason: str, levels: Sequence[Decimal]) -> str:
    """Why there is no value, and what is asked of it."""
    return f"{reason} ; attendu : {_goal(case, levels)}." if levels else f"{reason}."


def _goal(case: Case, levels: Sequence[Decimal]) -> str:
    """A level or a range, as strict as the target says, with its unit and its euros."""
    measure = case.target.measure
    low = f"{number(min(levels), measure.decimals)} à " if levels[1:] else STRICTLY.get(case.target.comparison, "")
    return f"{low}{quantity(max(levels), measure)}{_euros(case)}"


STRICTLY = {"more_than": "plus de ", "less_than": "moins de "}


def lacking(case: Case, lack: Lack) -> str:
    """What is missing for a judgement."""
    if lack.rule is Rule.NO_BASELINE and case.start.value is not None:
        return "Rien ne croît à partir d’une référence nulle."
    return _LACKING[lack.rule].format(year=lack.year or "du contrat") + "."


_LACKING = {
    Rule.NO_BASELINE: "Il manque la valeur de référence {year}",
    Rule.NO_BENCHMARK: "Il manque la moyenne de comparaison {year}",
    Rule.NO_INDEX: "Il manque l’indice de prix {year}",
    Rule.NO_LEVEL: "La cible ne dit pas le niveau à atteindre",
    Rule.METHOD_BREAK: "La méthode de mesure a changé en {year}, l’évolution depuis la référence n’a pas de sens",
}


def compared(case: Case, found: Comparison, status: Status) -> str:
    """The value, what was asked of it and by which rule, and by how much it is better or short."""
    value = quantity(case.value, case.target.measure) if case.value is not None else ""
    told = f"{value}{_gathered(case)}{_euros(case)}"
    return f"En {case.year}, {told} pour {_asked(case, found)} : {_outcome(case, found, status)}."


def _gathered(case: Case) -> str:
    """Of a sum, the years that it counts."""
    if not case.target.is_cumulative:
        return ""
    if len(case.years) == 1:
        return " (première année du cumul)"
    return f" cumulés de {case.years[0]} à {case.years[-1]}"


def _euros(case: Case) -> str:
    year = case.target.constant_year
    return f" (euros constants {year})" if year is not None else ""


def _asked(case: Case, found: Comparison) -> str:
    measure = case.target.measure
    asked = _level(found, measure)
    return f"{STRICTLY.get(found.comparison, '')}{asked} ({_how(case, found.asked, found.comparison)})"


def _level(found: Comparison, measure: Measure) -> str:
    if found.other is None:
        return level(found.asked.level, measure)
    low, high = sorted((found.asked.level, found.other))
    return f"{number(low, measure.decimals)} à {level(high, measure)}"


def _how(case: Case, asked: Required, comparison: str) -> str:
    """By which rule this is asked in this year."""
    if case.target.operand == "benchmark":
        return f"moyenne de comparaison {case.year}"
    if case.target.operand == "baseline" and asked.rule in {Rule.EVERY_YEAR, Rule.OBJECTIVE}:
        return f"la référence {case.start.year}"
    if asked.rule is Rule.STRAIGHT_LINE and asked.since and asked.until:
        return f"pas de point {case.year} ; ligne droite de {_node(asked.since, case)} à {_node(asked.until, case)}"
    if asked.rule is Rule.EVERY_YEAR:
        return "plancher de chaque année" if comparison in FLOORS else "plafond de chaque année"
    return "point de la trajectoire" if asked.rule is Rule.TRAJECTORY_POINT else "objectif de l’année"


def _node(node: tuple[int, Decimal], case: Case) -> str:
    return f"{number(node[1], case.target.measure.decimals)} en {node[0]}"


def _outcome(case: Case, found: Comparison, status: Status) -> str:
    if found.satisfied:
        return _better(case, found)
    short = _short(case, found)
    if status is Status.MISSED or found.tolerated == 0:
        return short
    tolerated = difference(found.tolerated, case.target.measure)
    if status is Status.WATCH:
        return f"{short}, dans la tolérance de {tolerated}"
    return f"{short}, au-delà de la tolérance de {tolerated}"


def _better(case: Case, found: Comparison) -> str:
    if found.margin < 0:
        return "stable à l’arrondi près"
    if case.value is not None and _is_beyond(found, case.value):
        return "au-delà de la fourchette"
    if found.margin == 0:
        return "tout juste"
    return _distance(case, found, "de plus" if found.comparison in FLOORS else "de moins")


def _is_beyond(found: Comparison, value: Decimal) -> bool:
    """Past the other end of a range, on the wanted side."""
    if found.other is None:
        return False
    return value > found.other if found.comparison in FLOORS else value < found.other


def _short(case: Case, found: Comparison) -> str:
    if found.margin == 0:
        return f"égal, il fallait strictement {_side(found)}"
    if found.comparison in FLOORS:
        return f"il manque {_distance(case, found, '')}"
    return _distance(case, found, "de trop")


def _distance(case: Case, found: Comparison, side: str) -> str:
    """How far from what was asked, on which side, and as a share of it."""
    told = f"{difference(found.margin, case.target.measure)} {side}".rstrip()
    asked = found.asked.level
    if case.target.measure.is_rate or asked == 0:
        return told
    signed = found.margin if found.comparison in FLOORS else found.margin.copy_negate()
    return f"{told} ({percent(WIDE.divide(signed, asked.copy_abs()))})"


def distant(case: Case, goals: Sequence[Decimal], found: Comparison | None) -> str:
    """The final objective, before its year, and the way left."""
    due = f"L’objectif se juge en {case.target.due_year}"
    if not goals:
        return f"{due}."
    if found is None:
        return f"{due} : {_goal(case, goals)}."
    return f"{due} : {_goal(case, goals)} ; {_left(case, found)}."


def _left(case: Case, found: Comparison) -> str:
    if found.satisfied:
        return "atteint à ce jour"
    if found.margin == 0:
        return f"égal à ce jour, il faudra strictement {_side(found)}"
    return f"il reste {difference(found.margin, case.target.measure)}"


def _side(found: Comparison) -> str:
    return "plus" if found.comparison in FLOORS else "moins"
