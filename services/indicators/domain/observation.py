"""What an observation states: a value or a coded reason for its absence, and how two statements compare."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from .forms import TOO_MANY_DIGITS, basis_form, is_storable, perimeter_form, text_forms


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


Key = tuple[str, str, int, str, str]
STATED = ("value", "status", "absence", "source", "note", "observed_on")
_LONGEST = {"source": 1000, "note": 4000, "reason": 1000}
_BY_THEMSELVES = ("source", "value", "note", "basis", "perimeter", "reason")


def key_of(observation: Observation) -> Key:
    """Indicator, entity, year, basis, perimeter: two rows with the same key speak of the same figure."""
    return (observation.indicator, observation.entity, observation.year, observation.basis, observation.perimeter)


def says_the_same(known: Any, stated: Observation) -> bool:
    """Whether a row states again what is known; 12.0 and 12 are the same value."""
    return all(getattr(known, name) == getattr(stated, name) for name in STATED)


def incoherences(observation: Observation) -> Iterator[tuple[str, str]]:
    """What contradicts itself within one observation, as (column, sentence)."""
    if observation.value is None and observation.absence is None:
        yield "value", "ni valeur ni motif d’absence : donnez l’une ou l’autre (zéro s’écrit 0)"
    if observation.value is not None and observation.absence is not None:
        yield "absence", "une valeur et un motif d’absence se contredisent : gardez l’une ou l’autre"
    for column in _BY_THEMSELVES:
        for message in forms(column, getattr(observation, column)):
            yield column, message


def forms(column: str, value: Any) -> Iterator[str]:
    """What is wrong with one cell, whatever its row says besides."""
    if column == "value" and value is not None and not is_storable(value):
        yield TOO_MANY_DIGITS
    if column == "source" and not value.strip():
        yield "toute valeur porte sa source"
    if column == "basis" and (message := basis_form(value)):
        yield message
    if column == "perimeter" and (message := perimeter_form(value)):
        yield message
    if column in _LONGEST:
        yield from text_forms(value or "", _LONGEST[column])
