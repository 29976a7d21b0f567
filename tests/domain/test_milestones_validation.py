"""A plan is checked at once, and each mistake names its table, row and column."""

from dataclasses import replace
from typing import Any

import pytest

from services.milestones.domain.plan import (
    Entity,
    EntityKind,
    Header,
    Indicator,
    Line,
    Milestone,
    Objective,
    Plan,
    Result,
)
from services.milestones.domain.step import WrittenStep
from services.milestones.domain.validation import plan_mistakes

HEADER = Header(code="essai", label="Essai", start_year=2021, end_year=2023, reference_year=2020, source="Page 1")
GROUP = Entity(code="groupe", label="Groupe", kind=EntityKind.GROUP)
NORTH = Entity(code="nord", label="Nord", kind=EntityKind.SCHOOL)
JALON = Milestone(code="J1", title="Accueil", source="Page 2", objective="M1", indicators="visitors children")
LINE = Line(milestone="J1", code="J1.1", title="Billetterie", source="Page 2")
RESULT = Result(line="J1.1", year=2022, text="Ouverte", source="Page 3")
PLAN = Plan(
    contract=(HEADER,), entities=(NORTH, GROUP), objectives=(Objective(code="M1", label="Accueillir"),),
    indicators=(Indicator(code="visitors", label="Visiteurs"), Indicator(code="children", label="Enfants")),
    milestones=(JALON,), milestone_lines=(LINE,), milestone_results=(RESULT,),
)  # fmt: skip
STEP = WrittenStep(line="J1.1", code="J1.1-1", year=2021, title="Cahier des charges", source="Page 2")
Place = tuple[str, int, str, str]


def places(plan: Plan, *steps: WrittenStep) -> list[Place]:
    return [found[:4] for found in plan_mistakes("essai", plan, steps)]


def test_a_sound_plan_has_no_mistake() -> None:
    assert places(PLAN, STEP, replace(STEP, code="J1.1-2", until=2024), replace(STEP, year=2024)) == []


@pytest.mark.parametrize("headers", [(), (HEADER, HEADER)])
def test_a_contract_is_one(headers: tuple[Header, ...]) -> None:
    assert places(replace(PLAN, contract=headers), STEP) == [("contract", 0, "code", "count")]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"code": "autre"}, ("code", "code")),
        ({"label": " "}, ("label", "required")),
        ({"start_year": 2024}, ("end_year", "years")),
        ({"reference_year": 1899}, ("reference_year", "form")),
    ],
)
def test_a_contract_is_the_one_of_the_address_and_its_years_follow(
    header: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert ("contract", 0, *expected) in places(replace(PLAN, contract=(replace(HEADER, **header),)))


@pytest.mark.parametrize(
    ("entities", "row"), [((NORTH,), 0), ((GROUP, NORTH, replace(GROUP, code="autre")), 2), ((), 0)]
)
def test_one_entity_and_one_only_is_the_group(entities: tuple[Entity, ...], row: int) -> None:
    assert places(replace(PLAN, entities=entities)) == [("entities", row, "kind", "group")]


@pytest.mark.parametrize("table", ["entities", "objectives", "indicators", "milestones", "milestone_lines"])
def test_a_code_is_given_once(table: str) -> None:
    rows = getattr(PLAN, table)
    again: dict[str, Any] = {table: (*rows, rows[0])}
    assert (table, len(rows), "code", "repeated") in places(replace(PLAN, **again))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, ["code"]),
        ({"until": 2022}, ["code"]),
        ({"year": 2022}, []),
        ({"year": 2022, "until": 2023}, []),
        ({"code": "J1.1-2"}, []),
    ],
)
def test_a_step_is_given_once_a_year(other: dict[str, Any], expected: list[str]) -> None:
    found = places(PLAN, STEP, replace(STEP, **other))
    assert found == [("steps", 1, column, "repeated") for column in expected]


def test_two_recurrent_steps_of_one_code_do_not_overlap() -> None:
    steps = replace(STEP, until=2022), replace(STEP, year=2022, until=2023)
    *_, (_, row, _, _, message) = plan_mistakes("essai", PLAN, steps)
    assert (row, message) == (1, "« J1.1-1, 2022 » est déjà donné plus haut (rangée 1)")


@pytest.mark.parametrize("code", ["", "-J1", "J 1", "Jé", "x" * 65, "J1\n", ".J1", "J1\x00"])
def test_a_code_is_of_plain_letters(code: str) -> None:
    assert ("milestones", 0, "code", "form") in places(replace(PLAN, milestones=(replace(JALON, code=code),)))
    assert places(PLAN, replace(STEP, code=code)) == [("steps", 0, "code", "form")]


@pytest.mark.parametrize("code", ["1", "J2-1", "M1.2_b", "x" * 64])
def test_a_plain_code_will_do(code: str) -> None:
    assert places(PLAN, replace(STEP, code=code)) == []


def test_what_is_referred_to_is_there() -> None:
    jalon = replace(JALON, objective="M9", indicators="visitors parents  cats")
    plan = replace(
        PLAN, milestones=(jalon,), milestone_lines=(LINE, replace(LINE, code="J9.1", milestone="J9")),
        milestone_results=(replace(RESULT, line="J8.1"),),
    )  # fmt: skip
    assert places(plan, replace(STEP, line="J7.1")) == [
        ("milestones", 0, "objective", "unknown"),
        ("milestones", 0, "indicators", "unknown"),
        ("milestones", 0, "indicators", "unknown"),
        ("milestone_lines", 1, "milestone", "unknown"),
        ("milestone_results", 0, "line", "unknown"),
        ("steps", 0, "line", "unknown"),
    ]


def test_a_milestone_may_refer_to_nothing() -> None:
    assert places(replace(PLAN, milestones=(replace(JALON, objective=None, indicators=None),))) == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"title": " "}, ("title", "required")),
        ({"source": ""}, ("source", "required")),
        ({"title": "x" * 1001}, ("title", "form")),
        ({"source": "x" * 1001}, ("source", "form")),
        ({"note": "x" * 4001}, ("note", "form")),
        ({"pilot": "x" * 1001}, ("pilot", "form")),
        ({"title": "a\x00b"}, ("title", "form")),
        ({"note": "a\x00b"}, ("note", "form")),
    ],
)
def test_a_text_is_there_and_of_a_size_that_can_be_kept(cells: dict[str, Any], expected: tuple[str, str]) -> None:
    plan = replace(PLAN, milestones=(replace(JALON, **cells),), milestone_lines=(replace(LINE, **cells),))
    tables = ("milestones", "milestone_lines", "steps")
    assert places(plan, replace(STEP, **cells)) == [(table, 0, *expected) for table in tables]


@pytest.mark.parametrize("column", ["description", "target"])
@pytest.mark.parametrize("text", ["x" * 4001, "a\x00b"])
def test_the_words_of_a_line_are_of_a_size_that_can_be_kept(column: str, text: str) -> None:
    cells: dict[str, Any] = {column: text}
    plan = replace(PLAN, milestone_lines=(replace(LINE, **cells),))
    assert places(plan) == [("milestone_lines", 0, column, "form")]


@pytest.mark.parametrize(("text", "code"), [("", "required"), ("\u00a0", "required"), ("x" * 4001, "form")])
def test_a_result_is_told(text: str, code: str) -> None:
    assert places(replace(PLAN, milestone_results=(replace(RESULT, text=text),))) == [
        ("milestone_results", 0, "text", code)
    ]


@pytest.mark.parametrize(("year", "sound"), [(2015, False), (2016, True), (2033, True), (2034, False)])
def test_a_result_or_a_date_is_of_the_years_around_the_contract(year: int, sound: bool) -> None:
    plan, row = replace(PLAN, milestone_results=(replace(RESULT, year=year),)), replace(STEP, due=f"T1 {year}")
    wrong = [("milestone_results", 0, "year", "year"), ("steps", 0, "due", "year")]
    assert places(plan, row) == ([] if sound else wrong)


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ({"year": 2020}, ["year"]),
        ({"year": 2024}, []),
        ({"year": 2025}, ["year"]),
        ({"year": 0}, ["year"]),
        ({"until": 2024}, []),
        ({"until": 2025}, ["until"]),
    ],
)
def test_a_step_is_of_a_year_of_the_contract_or_of_the_next(years: dict[str, Any], expected: list[str]) -> None:
    assert places(PLAN, replace(STEP, **years)) == [("steps", 0, column, "year") for column in expected]


@pytest.mark.parametrize(
    ("cells", "column"), [({"year": 2023, "until": 2022}, "until"), ({"due": "?"}, "due"), ({"due": "bientôt"}, "due")]
)
def test_a_step_that_cannot_be_read_is_said_in_its_place(cells: dict[str, Any], column: str) -> None:
    assert places(PLAN, STEP, replace(STEP, code="J1.1-2", **cells)) == [("steps", 1, column, "form")]


def test_a_pilot_is_a_function_and_not_a_person() -> None:
    plan = replace(PLAN, milestone_lines=(replace(LINE, pilot="Accueil (a.b@exemple.fr)"),))
    message = "un pilote est une fonction, pas une personne : ni adresse, ni téléphone"
    assert list(plan_mistakes("essai", plan, ())) == [("milestone_lines", 0, "pilot", "person", message)]
