"""What an observation states: a value or a coded reason for its absence, and how two statements compare."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    PROVISIONAL = "provisional"
    DEFINITIVE = "definitive"


class Absence(StrEnum):
    """Why there is no value: each reason is a different thing, and none of them is zero."""

    NOT_YET_DUE = "not_yet_due"
    LATE = "late"
    NOT_APPLICABLE = "not_applicable"
    CONFIDENTIAL = "confidential"
    NOT_MEASURED = "not_measured"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One row: `value` in the indicator's printed unit, or `absence`; `reason` where it corrects an earlier one."""

    indicator: str
    entity: str
    year: int
    source: str
    value: Decimal | None = None
    status: Status = Status.DEFINITIVE
    absence: Absence | None = None
    observed_on: date | None = None
    note: str | None = None
    basis: str = ""
    perimeter: str = ""
    reason: str | None = None


class Outcome(StrEnum):
    """What recording a row does to what was known."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


Key = tuple[str, str, int, str, str]
_STATED = ("value", "status", "absence", "source", "note", "observed_on")
_PLACES, _LIMIT = 10, Decimal(10) ** 20
TOO_MANY_DIGITS = "au plus 20 chiffres avant la virgule et 10 après"
_LONGEST = {"source": 1000, "note": 4000, "reason": 1000, "basis": 64, "perimeter": 64}


def key_of(observation: Observation) -> Key:
    """Indicator, entity, year, basis, perimeter: two rows with the same key speak of the same figure."""
    return (observation.indicator, observation.entity, observation.year, observation.basis, observation.perimeter)


def says_the_same(known: Any, stated: Observation) -> bool:
    """Whether a row states again what is known; 12.0 and 12 are the same value."""
    return all(getattr(known, name) == getattr(stated, name) for name in _STATED)


def incoherences(observation: Observation) -> Iterator[tuple[str, str]]:
    """What contradicts itself within one observation, as (column, sentence)."""
    if observation.value is None and observation.absence is None:
        yield "value", "ni valeur ni motif d’absence : donnez l’une ou l’autre (zéro s’écrit 0)"
    if observation.value is not None and observation.absence is not None:
        yield "absence", "une valeur et un motif d’absence se contredisent : gardez l’une ou l’autre"
    if observation.value is not None and not is_storable(observation.value):
        yield "value", TOO_MANY_DIGITS
    if not observation.source.strip():
        yield "source", "toute valeur porte sa source"
    for column, longest in _LONGEST.items():
        text = getattr(observation, column) or ""
        if len(text) > longest:
            yield column, f"texte trop long (au plus {longest} caractères)"
        if any(ord(letter) < ord(" ") and letter not in "\n\t" for letter in text):
            yield column, "le texte contient un caractère de commande"


def is_storable(value: Decimal) -> bool:
    """Whether a value has no more digits than any column or view holds."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_PLACES and value.copy_abs() < _LIMIT
