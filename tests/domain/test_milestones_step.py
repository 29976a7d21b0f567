"""A row of a package is one step of one year, or a step in each year of a recurrent one."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from services.milestones.domain.dates import Due, read_due, whole_year
from services.milestones.domain.forms import UnreadableError
from services.milestones.domain.step import STATED, Scope, Step, WrittenStep, expand, progress_id, step_id

ROW = WrittenStep(line="J1.1", code="J1.1-1", year=2024, title="Cahier des charges", source="Page 3")
YEARLY = replace(ROW, until=2026)


def test_a_row_is_a_step_of_its_whole_year() -> None:
    assert expand(ROW) == (
        Step(
            line="J1.1", code="J1.1-1", year=2024, title="Cahier des charges", due=whole_year(2024), conditional=False,
            recurrent=False, scope=Scope.GROUP, pilot=None, source="Page 3", note=None,
        ),
    )  # fmt: skip


def test_what_a_row_says_is_kept_without_the_spaces_around_it() -> None:
    row = replace(ROW, title=" Bilan ", scope=Scope.SCHOOLS, conditional=True, pilot=" Direction ", note=" ", due="T4")
    (step,) = expand(row)
    assert (step.title, step.scope, step.conditional, step.pilot, step.note) == (
        "Bilan", Scope.SCHOOLS, True, "Direction", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "doubtful", "expected"),
    [
        ("T4 24", False, Due(date(2024, 10, 1), date(2024, 12, 31), "T4 24")),
        ("T4", False, Due(date(2024, 10, 1), date(2024, 12, 31), "T4")),
        ("T2/2026 ?", False, Due(date(2026, 4, 1), date(2026, 6, 30), "T2/2026 ?", doubtful=True)),
        ("T4 24", True, Due(date(2024, 10, 1), date(2024, 12, 31), "T4 24", doubtful=True)),
        (None, True, Due(date(2024, 1, 1), date(2024, 12, 31), "2024", doubtful=True)),
        (" ", False, whole_year(2024)),
    ],
)
def test_a_date_is_read_and_a_doubt_is_kept(words: str | None, doubtful: bool, expected: Due) -> None:
    assert [step.due for step in expand(replace(ROW, due=words, doubtful=doubtful))] == [expected]


def test_a_recurrent_row_is_a_step_in_each_year() -> None:
    steps = expand(YEARLY)
    assert [step.key for step in steps] == [("J1.1-1", 2024), ("J1.1-1", 2025), ("J1.1-1", 2026)]
    assert [step.due for step in steps] == [whole_year(2024), whole_year(2025), whole_year(2026)]
    assert all(step.recurrent for step in steps)


def test_a_recurrent_row_of_one_year_is_recurrent() -> None:
    assert [(step.year, step.recurrent) for step in expand(replace(ROW, until=2024))] == [(2024, True)]


def test_the_words_of_a_recurrent_row_are_read_in_each_year() -> None:
    steps = expand(replace(YEARLY, due="fin juin ?"))
    assert [step.due for step in steps] == [read_due("fin juin ?", year) for year in (2024, 2025, 2026)]


def test_a_recurrent_row_lasts_fifty_years_at_most() -> None:
    assert len(expand(replace(ROW, until=2073))) == 50


@pytest.mark.parametrize(
    ("wrong", "column", "sentence"),
    [
        ({"until": 2023}, "until", "la dernière année, 2023, précède la première, 2024"),
        ({"until": 2074}, "until", "une étape récurrente dure 50 ans au plus"),
        ({"until": 9_999_999_999}, "until", "une étape récurrente dure 50 ans au plus"),
        ({"year": 1800}, "year", "« 1800 » n’est pas une année (1900 à 2200)"),
        ({"due": "bientôt"}, "due", "« bientôt » n’est pas une date lisible"),
        ({"due": "29 février", "until": 2025}, "due", "« 29 février » : ce jour n’est pas au calendrier"),
        ({"due": "T4 2024", "until": 2026}, "due", "« T4 2024 » nomme une année, et l’étape revient chaque année"),
        ({"due": "T1 – T3 2024", "until": 2024}, "due", "nomme une année, et l’étape revient chaque année"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_column(wrong: dict[str, Any], column: str, sentence: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        expand(replace(ROW, **wrong))
    assert refused.value.column == column
    assert sentence in refused.value.message


def test_ids_follow_from_what_they_name() -> None:
    step = step_id("essai", "J1.1-1", 2024)
    assert step == str(uuid5(NAMESPACE_URL, "urn:cadran:steps/essai/J1.1-1/2024"))
    assert progress_id(step, "nord") == str(uuid5(NAMESPACE_URL, f"urn:cadran:progress/{step}/nord"))


def test_a_step_is_another_version_where_anything_but_its_key_differs() -> None:
    assert {*STATED, "code", "year"} == set(Step.__slots__)
