"""A whole contract is checked at once, and each mistake names its table, row and column."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.indicators.domain.concerned import Concerned
from services.indicators.domain.contract import Aggregation, Contract, Direction, Entity, EntityKind, Header, Indicator
from services.indicators.domain.observation import Observation
from services.indicators.domain.series import Benchmark, SeriesPoint
from services.indicators.domain.validation import check_contract

HEADER = Header(code="essai", label="Essai", start_year=2021, end_year=2023, reference_year=2020, source="Page 1")
GROUP = Entity(code="groupe", label="Groupe", kind=EntityKind.GROUP)
NORTH = Entity(code="nord", label="Nord", kind=EntityKind.SCHOOL)
VISITORS = Indicator(
    code="visitors", label="Visiteurs", unit="visiteurs", decimals=0, direction=Direction.UP, domain="Accueil",
    aggregation=Aggregation.SUM, declined=True, source="Page 2",
)  # fmt: skip
CHILDREN = replace(VISITORS, code="children", parent="visitors")
OPINION = replace(VISITORS, code="opinion", declined=False)
SOUND = Contract(contract=(HEADER,), entities=(GROUP, NORTH), indicators=(VISITORS, CHILDREN, OPINION))
PAYS = Benchmark(code="pays", label="Pays", unit="%", source="Page 4")
Place = tuple[str, int, str | None, str]


def places(contract: Contract) -> list[Place]:
    return [(each.table, each.row, each.column, each.code) for each in check_contract("essai", contract)]


def test_a_sound_contract_has_no_mistake() -> None:
    assert check_contract("essai", SOUND) == []


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (replace(HEADER, code="autre"), [("contract", 0, "code", "code")]),
        (replace(HEADER, end_year=2020), [("contract", 0, "end_year", "years")]),
        (replace(HEADER, start_year=2021, end_year=2021), []),
        (replace(HEADER, reference_year=2023), []),
        (replace(HEADER, reference_year=2024), [("contract", 0, "reference_year", "years")]),
        (replace(HEADER, start_year=1899, reference_year=1899), [
            ("contract", 0, "start_year", "form"), ("contract", 0, "reference_year", "form")]),
    ],
)  # fmt: skip
def test_the_years_of_a_contract_follow_one_another(header: Header, expected: list[Place]) -> None:
    assert places(replace(SOUND, contract=(header,))) == expected


@pytest.mark.parametrize("headers", [(), (HEADER, HEADER)])
def test_a_contract_is_one(headers: tuple[Header, ...]) -> None:
    assert places(replace(SOUND, contract=headers)) == [("contract", 0, None, "count")]


@pytest.mark.parametrize("code", ["", "-nord", "no rd", "nörd", "x" * 65, "nord\n", ".nord"])
def test_a_code_is_of_plain_letters(code: str) -> None:
    assert ("entities", 1, "code", "form") in places(replace(SOUND, entities=(GROUP, replace(NORTH, code=code))))


@pytest.mark.parametrize("code", ["n", "Nord-2_b.c", "9", "x" * 64])
def test_a_plain_code_will_do(code: str) -> None:
    assert places(replace(SOUND, entities=(GROUP, replace(NORTH, code=code)))) == []


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity"), Decimal("1E+20"), Decimal("1E-11")]
)
def test_a_number_is_finite_and_of_a_size_that_can_be_kept(value: Decimal) -> None:
    point = SeriesPoint(series="pays", year=2020, value=value, source="Page 4")
    found = places(replace(SOUND, benchmarks=(PAYS,), benchmark_values=(point,)))
    assert found == [("benchmark_values", 0, "value", "form")]


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({"visitors": "visitors"}, [0]),
        ({"visitors": "children"}, [0, 1]),
        ({"visitors": "opinion", "opinion": "children"}, [0, 1, 2]),
        ({"visitors": "opinion"}, []),
    ],
)
def test_a_whole_is_not_its_own_part(parents: dict[str, str], expected: list[int]) -> None:
    indicators = tuple(replace(each, parent=parents.get(each.code, each.parent)) for each in SOUND.indicators)
    found = places(replace(SOUND, indicators=indicators))
    assert found == [("indicators", place, "parent", "cycle") for place in expected]


def test_what_hangs_below_a_cycle_is_not_held_against() -> None:
    indicators = (replace(VISITORS, parent="visitors"), CHILDREN, OPINION)
    assert places(replace(SOUND, indicators=indicators)) == [("indicators", 0, "parent", "cycle")]


@pytest.mark.parametrize(("entities", "row"), [((NORTH,), 0), ((GROUP, replace(GROUP, code="autre")), 1), ((), 0)])
def test_one_entity_and_one_only_is_the_group(entities: tuple[Entity, ...], row: int) -> None:
    assert places(replace(SOUND, entities=entities)) == [("entities", row, "kind", "group")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, []),
        ({"indicator": "opinion", "entity": "groupe"}, []),
        ({"indicator": "opinion"}, ["entity"]),
        ({"indicator": "other"}, ["indicator"]),
        ({"entity": "other"}, ["entity"]),
        ({"indicator": "opinion", "entity": "other"}, ["entity"]),
        ({"indicator": "other", "entity": "other", "year": 1999, "value": None}, [
            "indicator", "entity", "year", "value"]),
        ({"year": 2010}, []),
        ({"year": 2009}, ["year"]),
        ({"year": 2033}, []),
        ({"year": 2034}, ["year"]),
    ],
)  # fmt: skip
def test_a_row_is_of_the_pairs_and_years_that_the_contract_follows(row: dict[str, object], expected: list[str]) -> None:
    stated = Observation(indicator="visitors", entity="nord", year=2021, source="Page 3", value=Decimal(1))
    changed = replace(stated, **row)  # type: ignore[arg-type] # each case gives fields of their own types
    assert [column for column, _, _ in Concerned.of(SOUND).mistakes(changed)] == expected
