"""How a page writes what a view holds: figures, dates, and the words for the view's codes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol

from services.gateway.domain import typography, values
from services.gateway.domain.bibliometrics import wording
from services.gateway.domain.targets import Measure

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
ABSENCES = {
    "not_reported": "non communiquée",
    "not_yet_due": "pas encore attendue",
    "late": "en retard",
    "not_applicable": "sans objet",
    "confidential": "confidentielle",
    "not_measured": "non mesurée",
    "refused": "refusée",
}
STANDINGS = {"definitive": "définitive", "provisional": "provisoire", "simulated": "simulée"}
AGGREGATIONS = {
    "sum": "somme",
    "distinct": "somme (ce que plusieurs partagent y compte plusieurs fois)",
    "ratio": "rapport des sommes",
    "cumulative": "cumul",
    "last": "dernières valeurs",
}
DIRECTIONS = {"up": "à la hausse", "down": "à la baisse"}
RULES = {
    "objective": "l’objectif de l’année",
    "trajectory-point": "point de la trajectoire",
    "straight-line": "ligne droite vers la cible",
    "every-year": "vaut chaque année",
}
SOURCES = {"scopus": "Scopus", "scival": "SciVal", "hal": "HAL", "openalex": "OpenAlex"}
CONFIDENCES = {"high": "confiance forte", "medium": "confiance moyenne", "low": "confiance faible"}
_COMPARED = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}
_CONSTANT = "constant-euros-"
_LAST_MICROSECOND = 999999


class Measured(Protocol):
    """What a figure is counted in."""

    unit: str
    decimals: int


def _measure(line: Measured) -> Measure:
    return Measure(unit=line.unit, decimals=line.decimals)


def figure(text: str, line: Measured) -> str:
    """A figure in a column whose unit is told: 14 460; a rate keeps its sign, 39,9 %."""
    return typography.level(Decimal(text), _measure(line))


def quantity(text: str, line: Measured) -> str:
    """A figure with its unit: 14 460 étudiants."""
    return typography.quantity(Decimal(text), _measure(line))


def signed(text: str, line: Measured) -> str:
    """A difference with its sign: +1 754, −2 pts."""
    value = Decimal(text)
    sign = "" if value == 0 else "−" if value < 0 else "+"
    return sign + typography.difference(value, _measure(line))


def percent(text: str) -> str:
    """A ratio as a signed percentage: 0.1480 is +14,8 %."""
    return typography.percent(Decimal(text))


def asked(required: str, upper: str | None, comparison: str, line: Measured) -> str:
    """What is asked of a year: ≥ 14 460, or 2 076,7 à 2 248,4."""
    if upper is not None:
        low, high = sorted((required, upper), key=Decimal)
        return f"{typography.number(Decimal(low), line.decimals)} à {figure(high, line)}"
    return f"{_COMPARED.get(comparison, '')}\u00a0{figure(required, line)}".lstrip("\u00a0")


def years(told: list[int]) -> str:
    """2022, or « moyenne 2020-2022 » of several."""
    return f"moyenne {told[0]}-{told[-1]}" if len(told) > 1 else str(told[0]) if told else ""


def day(when: date) -> str:
    """22 novembre 2026, 1er mars 2027."""
    return f"{'1er' if when.day == 1 else when.day}\u00a0{MONTHS[when.month - 1]} {when.year}"


def instant(when: datetime) -> str:
    """The day, with its hour in UTC where it is not the day's end."""
    utc = when.astimezone(UTC)
    if (utc.hour, utc.minute, utc.microsecond) == (23, 59, _LAST_MICROSECOND):
        return day(utc)
    return f"{day(utc)} à {utc.hour}\u00a0h\u00a0{utc.minute:02} (UTC)"


def euros(basis: str) -> str:
    """« euros courants », « euros constants 2022 »."""
    year = basis.removeprefix(_CONSTANT)
    return f"euros constants {year}" if basis.startswith(_CONSTANT) else "euros courants"


def counted(number: int, one: str, several: str) -> str:
    """1 école, 9 écoles, 1 057 jours."""
    return f"{typography.number(Decimal(number), 0)}\u00a0{agreed(number, one, several)}"


def agreed(number: int, one: str, several: str) -> str:
    """None and one are singular."""
    return one if number < 2 else several  # noqa: PLR2004 - French counts several from two on


def days(number: int) -> str:
    return counted(number, "jour", "jours")


def share(text: str) -> str:
    """A share as a percentage: 0.6 is 60 %."""
    return f"{typography.number(Decimal(text) * 100, 0)}\u00a0%"


def rounded(value: str | int | Decimal, decimals: int = 0) -> str:
    """A figure with these decimals and no more: 1 637, 45,3."""
    return typography.number(values.rounded(Decimal(value), decimals), decimals)


def part(ratio: str | Decimal) -> str:
    """A ratio as a percentage with one decimal: 0.125 is 12,5 %."""
    return f"{rounded(Decimal(ratio) * 100, 1)}\u00a0%"


def interval(low: str, high: str) -> str:
    """7,3 à 20,6 %."""
    return f"{rounded(Decimal(low) * 100, 1)} à {part(high)}"


def web_address(text: str | None) -> str | None:
    """An address that a reader may follow; None of any other."""
    return text if text and text.lower().startswith(("http://", "https://")) else None


FILTERS = {
    "figure": figure,
    "quantity": quantity,
    "signed": signed,
    "percent": percent,
    "asked": asked,
    "years": years,
    "day": day,
    "instant": instant,
    "euros": euros,
    "counted": counted,
    "days": days,
    "rounded": rounded,
    "part": part,
    "interval": interval,
    "web_address": web_address,
    "typeset": typography.typeset,
    "excluded": wording.excluded,
    "within": wording.within,
    "absence": lambda code: ABSENCES.get(code, code),
    "standing": lambda code: STANDINGS.get(code, code),
    "aggregation": lambda code: AGGREGATIONS.get(code, code),
    "direction": lambda code: DIRECTIONS.get(code, ""),
    "confidence": lambda code: CONFIDENCES.get(code, code),
    "origin": lambda code: SOURCES.get(code, code),
    "rule": lambda code: RULES.get(code, ""),
}
