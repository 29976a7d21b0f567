"""The follow-up reproduces the printed balance of the contract 2018-2022, figure by figure."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from .printed_2018_2022 import BY_SCHOOL, CONTRADICTED, GROUP, YEARS, Printed, amount, figure

Json = dict[str, Any]
Line = tuple[str, str, Printed]
LINES: list[Line] = [
    *((indicator, "imt", printed) for indicator, printed in GROUP.items()),
    *((indicator, school, printed) for indicator, lines in BY_SCHOOL.items() for school, printed in lines.items()),
]


def each(lines: list[Line]) -> pytest.MarkDecorator:
    names = [f"{indicator}-{entity}" for indicator, entity, _ in lines]
    return pytest.mark.parametrize(("indicator", "entity", "printed"), lines, ids=names)


def line_of(view: Json, indicator: str, entity: str = "imt") -> Json:
    """One line of the group's follow-up: the group's own, or that of one of its entities."""
    line: Json = next(each for each in view["indicators"] if each["code"] == indicator)
    return line if entity == "imt" else next(each for each in line["entities"] if each["entity"] == entity)


def set_solid(text: str) -> str:
    """A text without its spaces, and with the plain minus of the document's text."""
    return "".join(text.split()).replace("−", "-")


def rounded(value: Decimal, like: Decimal) -> Decimal:
    return value.quantize(like, ROUND_HALF_UP)


def test_the_indicators_are_those_of_the_table_in_its_order(balance: dict[int, Json]) -> None:
    assert [line["code"] for line in balance[2022]["indicators"]] == list(GROUP)
    assert balance[2022]["label"] == "Institut Mines-Télécom"


@each(LINES)
def test_every_printed_value_is_there_and_no_other(
    balance: dict[int, Json], indicator: str, entity: str, printed: Printed
) -> None:
    expected = {year: figure(printed.values.get(year, "-")) for year in YEARS}
    found = line_of(balance[2022], indicator, entity)["values"]
    assert {value["year"]: value["value"] for value in found} == expected


@each(LINES)
def test_every_printed_target_is_there_with_its_words_and_its_level(
    balance: dict[int, Json], indicator: str, entity: str, printed: Printed
) -> None:
    (target,) = line_of(balance[2022], indicator, entity)["targets"]
    both = printed.target and printed.target_change
    words = f"{printed.target} ({printed.target_change})" if both else printed.target or printed.target_change
    assert set_solid(target["text"]) == set_solid(words)
    assert (target["level"], target["due_year"], target["trajectory"]) == (printed.level, 2022, [])


@each([line for line in LINES if line[2].change])
def test_the_change_since_2017_is_the_printed_one_unless_the_values_contradict_it(
    balance: dict[int, Json], indicator: str, entity: str, printed: Printed
) -> None:
    line = line_of(balance[2022], indicator, entity)
    given = amount(printed.change)
    found = Decimal(line["change"]["relative"]) * 100 if "%" in printed.change else Decimal(line["change"]["absolute"])
    assert rounded(found, given) == Decimal(CONTRADICTED.get((indicator, entity, "value"), str(given)))
    assert line["baseline"]["year"] == 2017


@each([line for line in LINES if line[2].target and line[2].target_change])
def test_the_change_printed_beside_a_target_is_that_of_its_level_unless_it_contradicts_it(
    balance: dict[int, Json], indicator: str, entity: str, printed: Printed
) -> None:
    (target,) = line_of(balance[2022], indicator, entity)["targets"]
    start, level = amount(printed.values[2017]), Decimal(target["level"])
    given = amount(printed.target_change)
    found = level - start if "pts" in printed.target_change else (level / start - 1) * 100
    assert rounded(found, given) == Decimal(CONTRADICTED.get((indicator, entity, "target"), str(given)))


def test_exactly_the_contradicted_changes_are_marked_with_what_the_values_give(definition: Json) -> None:
    marked = {_place(change): change["note"] for change in definition["printed_changes"] if not change["follows"]}
    assert marked.keys() == CONTRADICTED.keys()
    for place, given in CONTRADICTED.items():
        assert given.replace(".", ",").replace("-", "−") in marked[place].partition("donne")[2], place


def _place(change: Json) -> tuple[str, str, str]:
    return change["indicator"], change["entity"], change["subject"]


def test_every_printed_change_is_kept_as_printed_and_no_other(definition: Json) -> None:
    expected = {
        (indicator, entity, subject): (figure(text), _unit(text))
        for indicator, entity, printed in LINES
        for subject, text in (("value", printed.change), ("target", printed.target_change))
        if text
    }
    kept = {_place(change): (change["value"], change["unit"]) for change in definition["printed_changes"]}
    assert kept == expected
    assert len(definition["printed_changes"]) == len(expected)


def _unit(text: str) -> str:
    return "percent" if "%" in text else "points" if "pts" in text else "absolute"


@pytest.mark.parametrize(
    ("indicator", "entity", "year", "words"),
    [
        ("research-innovation-revenue", "imt-nord-europe", 2022, "la valeur titrée est de 7,8 M€"),
        ("research-innovation-revenue", "telecom-sudparis", 2022, "incluant la totalité des recettes de l’incubateur"),
        ("research-innovation-revenue", "imt-bs", 2022, "excluant les recettes de l’incubateur"),
        ("students", "telecom-paris", 2022, "+16 % hors élèves à EURECOM"),
        ("engineering-and-management-students", "telecom-paris", 2022, "+36 % hors élèves à EURECOM"),
        ("engineering-and-management-students", "telecom-paris", 2017, "dont 176 à EURECOM"),
        ("engineering-and-management-students", "telecom-paris", 2022, "dont 55 à EURECOM"),
    ],
)
def test_a_footnote_is_a_note_of_its_figure(
    definition: Json, indicator: str, entity: str, year: int, words: str
) -> None:
    place = {"indicator": indicator, "entity": entity, "year": year}
    said = [note["text"] for note in definition["notes"] if place.items() <= note.items()]
    assert any(set_solid(words) in set_solid(text) for text in said), said
