"""Small series judged against a target, for the tests of the outlook."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.targets import Measure, Target
from services.gateway.domain.values import Stated

STUDENTS = Measure(unit="étudiants", decimals=0)
COUNTED = {2017: "11852", 2018: "12322", 2019: "12632", 2020: "13257"}


def case_of(
    values: Mapping[int, str], year: int, measure: Measure = STUDENTS, *, simulated: tuple[int, ...] = (), **words: Any
) -> Case:
    numbers: dict[str, Any] = {name: Decimal(words.pop(name)) for name in ("value", "upper", "level") if name in words}
    stated = {"comparison": "at_least", "operand": "value"} | words
    due = int(stated.pop("due", "2022"))
    target = Target(measure=measure, due_year=due, start_year=2018, reference_year=2017, **stated, **numbers)
    series = {
        each: Stated(Decimal(value), status="simulated" if each in simulated else "definitive")
        for each, value in values.items()
    }
    return Case(target=target, series=series, benchmark={}, deflator=None, year=year, on=date(2023, 1, 1))


def plain(sentence: str) -> str:
    """Without the French spaces, which one test looks at."""
    return sentence.replace("\u00a0", " ").replace("\u202f", " ")
