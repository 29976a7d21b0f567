"""The package of the contract 2023-2027 holds every printed figure, and nothing that is not printed."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.printed_2023_2027 import (
    AMBIGUOUS,
    BLANK,
    DECLINED,
    EXTRACTED,
    FIGURELESS,
    GROUP,
    INDICATORS,
    LINES_READ,
    NOT_AVAILABLE,
    NOT_CONCERNED,
    OTHER_UNITS,
    PRINTED,
    RESTATED,
    SCHOOLS,
    SUMS,
    Aim,
    Row,
)

PACKAGE = Path(__file__).resolve().parents[2] / "contracts" / "cop-2023-2027"
YEARS = (2021, 2022)
# What the package may hold for a cell without a figure: no row (empty), or a row with a coded absence.
ABSENCES: dict[str, set[str]] = {
    BLANK: {"", "not_measured"},
    NOT_CONCERNED: {"not_applicable"},
    NOT_AVAILABLE: {"not_measured", "not_applicable"},
}


@cache
def table(name: str) -> list[dict[str, str]]:
    with (PACKAGE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(name: str, entity: str, indicator: str) -> list[dict[str, str]]:
    return [row for row in table(name) if (row["entity"], row["indicator"]) == (entity, indicator)]


def figures(entity: str, indicator: str, *texts: str) -> tuple[str, ...]:
    """The figures with their printed decimals; without them where the sheet prints another unit."""
    if (entity, indicator) not in OTHER_UNITS:
        return texts
    return tuple(f"{Decimal(text).normalize():f}" if text else "" for text in texts)


def baseline(row: dict[str, str]) -> str:
    kind, years, value = row["baseline_kind"] or "year", row["baseline_years"], row["baseline_value"]
    return " ".join(part for part in (kind, years, f"= {value}" if value else "") if part)


def aim(row: dict[str, str]) -> Aim:
    """A row of targets.csv as an objective."""
    words = ("comparison", "operand", "value", "upper", "level", "benchmark", "basis")
    held = {word: row[word] for word in words}
    accumulation = row["accumulation"] or "annual"
    return Aim(**held, accumulation=accumulation, due_year=int(row["due_year"]), baseline=baseline(row))


def judged(entity: str, indicator: str, aims: list[Aim]) -> set[tuple[str, ...]]:
    """Objectives, ready to compare: a baseline of any kind does for what never reads it."""
    normal = set()
    for one in aims:
        kind, _, value = one.baseline.partition(" = ")
        unread = one.operand in {"benchmark", "none"} and one.accumulation == "annual"
        start = () if unread else (kind, *figures(entity, indicator, value))
        numbers = figures(entity, indicator, one.value, one.upper, one.level)
        words = (one.comparison, one.operand, one.benchmark, one.basis, one.accumulation, str(one.due_year))
        normal.add((*words, *numbers, *start))
    return normal


def observed(entity: str, indicator: str, year: int) -> str:
    """« 13606 definitive », the code of an absence, or nothing when there is no row."""
    found = [row for row in rows("observations", entity, indicator) if row["year"] == str(year)]
    assert len(found) <= 1, found
    for row in found:
        assert not (row["absence"] and row["value"]), row
        return row["absence"] or f"{row['value']} {row['status'] or 'definitive'}"
    return ""


def accepted(row: Row | None, year: int) -> set[str]:
    cell = row.observed.get(year, "") if row else ""
    if row is None or not cell:
        return {""}
    status = "provisional" if year in row.provisional else "definitive"
    return ABSENCES[cell] if cell in FIGURELESS else {f"{cell} {status}"}


def differences(entity: str, indicator: str, row: Row | None) -> dict[str, Any]:
    """What the package holds against one reading: {what: (printed, held)}."""
    found: dict[str, tuple[Any, Any]] = {}
    for year in YEARS:
        if (held := observed(entity, indicator, year)) not in accepted(row, year):
            found[f"value of {year}"] = (accepted(row, year), held)
    planned = {year: figures(entity, indicator, text) for year, text in (row.planned if row else {}).items()}
    points = [(int(one["year"]), one["value"]) for one in rows("trajectory", entity, indicator)]
    trajectory = {year: figures(entity, indicator, value) for year, value in points}
    if planned != trajectory or len(points) != len(trajectory):
        found["trajectory"] = (planned, points)
    aims = judged(entity, indicator, list(row.aims) if row else [])
    targets = [aim(one) for one in rows("targets", entity, indicator)]
    if row and row.unaimed:
        targets = [one for one in targets if one.comparison != "none"]  # to follow a figure commits to nothing
    if aims != judged(entity, indicator, targets) or len(targets) != len(aims):
        found["targets"] = (aims, judged(entity, indicator, targets))
    return found


def printed(entity: str, indicator: str, year: int) -> Decimal:
    """A printed figure: an observation, or the level to reach in 2027."""
    row = PRINTED[entity][indicator]
    text = row.observed[year] if year in YEARS else row.aims[0].level or row.aims[0].value if row.aims else ""
    return Decimal(text if text and text not in FIGURELESS else 0)


def held(entity: str, indicator: str, year: int) -> Decimal:
    """The same figure from the package."""
    if year in YEARS:
        found = [row["value"] for row in rows("observations", entity, indicator) if row["year"] == str(year)]
    else:
        targets = [row for row in rows("targets", entity, indicator) if row["due_year"] == str(year)]
        found = [row["level"] or row["value"] for row in targets]
    return sum((Decimal(text or 0) for text in found), Decimal())


@pytest.mark.parametrize("indicator", INDICATORS)
@pytest.mark.parametrize("entity", PRINTED)
def test_the_package_holds_what_is_printed(entity: str, indicator: str) -> None:
    doubt = AMBIGUOUS.get((entity, indicator))
    readings = doubt.readings if doubt else (PRINTED[entity].get(indicator),)
    found = [differences(entity, indicator, row) for row in readings]
    line = readings[0].line if readings[0] else LINES_READ[entity]
    assert {} in found, f"line {line}: {found}"


@pytest.mark.parametrize(("indicator", "year"), SUMS)
def test_the_printed_schools_add_up_beside_the_group(indicator: str, year: int) -> None:
    schools = [school for school in SCHOOLS if indicator in PRINTED[school]]
    total = sum(printed(school, indicator, year) for school in schools)
    assert (total, printed(GROUP, indicator, year)) == tuple(map(Decimal, SUMS[indicator, year]))


@pytest.mark.parametrize(("indicator", "year"), SUMS)
def test_the_schools_of_the_package_add_up_beside_the_group(indicator: str, year: int) -> None:
    total = sum(held(school, indicator, year) for school in SCHOOLS)
    assert (total, held(GROUP, indicator, year)) == tuple(map(Decimal, SUMS[indicator, year]))


@pytest.mark.parametrize(("entity", "indicator"), RESTATED)
def test_a_restated_percentage_follows_from_the_figures(entity: str, indicator: str) -> None:
    _, start, end, percent = RESTATED[entity, indicator]
    change = (printed(entity, indicator, end) / printed(entity, indicator, start) - 1) * 100
    assert change.quantize(Decimal(1), ROUND_HALF_UP) == Decimal(percent)


@pytest.mark.parametrize(("entity", "indicator"), EXTRACTED)
def test_a_printed_day_of_extraction_is_kept(entity: str, indicator: str) -> None:
    found = {row["observed_on"] for row in rows("observations", entity, indicator) if row["year"] == "2022"}
    assert found == {EXTRACTED[entity, indicator]}


def test_indicators_and_entities_are_those_of_the_tables() -> None:
    assert {row["code"]: row["declined"] for row in table("indicators") if DECLINED[row["code"]] != BLANK} == {
        code: "true" if word.startswith("Oui") else "false" for code, word in DECLINED.items() if word != BLANK
    }
    assert {row["code"] for row in table("indicators")} == set(INDICATORS)
    assert {row["code"] for row in table("entities")} >= set(PRINTED)
