"""What a package's tables say: who does what, and what a row of progress states."""

from dataclasses import replace
from typing import Any

import pytest

from services.milestones.domain.dates import read_due
from services.milestones.domain.evidence import Evidence
from services.milestones.domain.forms import UnreadableError, names_a_person
from services.milestones.domain.plan import (
    Entity,
    EntityKind,
    Milestone,
    Plan,
    WrittenProgress,
    cell_of,
    statement_of,
)
from services.milestones.domain.progress import Confidence, Forecast, Statement
from services.milestones.domain.transitions import State

SAID = WrittenProgress(step="J1.1-1", year=2024, entity="nord", state=State.PLANNED)
NORTH, GROUP, FRIEND, ABROAD = (
    Entity(code=kind, label=kind, kind=EntityKind(kind)) for kind in ("school", "group", "other", "subsidiary")
)


def test_a_plan_knows_its_group_and_those_who_do_the_shared_steps() -> None:
    plan = Plan(contract=(), entities=(NORTH, GROUP, FRIEND, ABROAD))
    assert plan.group == GROUP
    assert plan.members == (NORTH, ABROAD)


@pytest.mark.parametrize(("indicators", "codes"), [(None, ()), ("", ()), ("one", ("one",)), ("b a", ("b", "a"))])
def test_a_milestone_names_indicators_between_spaces(indicators: str | None, codes: tuple[str, ...]) -> None:
    assert Milestone(code="J1", title="T", source="S", indicators=indicators).indicator_codes == codes


def test_a_row_of_progress_that_only_says_a_state_states_nothing_else() -> None:
    assert statement_of(SAID, 2024) == Statement()


def test_a_row_of_progress_states_the_whole() -> None:
    row = replace(
        SAID, state=State.POSTPONED, evidence="Rapport", address="https://exemple.fr", due="T4", forecast="juin 2025",
        confidence=Confidence.LOW, reason="Retard du marché", note="N",
    )  # fmt: skip
    assert statement_of(row, 2025) == Statement(
        state=State.POSTPONED, evidence=(Evidence("Rapport", "https://exemple.fr"),), due=read_due("T4", 2025),
        forecast=Forecast(read_due("juin 2025", None), Confidence.LOW), reason="Retard du marché", note="N",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"due": "bientôt"}, "due"),
        ({"forecast": "bientôt", "confidence": Confidence.LOW}, "forecast"),
        ({"forecast": "T4"}, "confidence"),
        ({"confidence": Confidence.HIGH}, "forecast"),
        ({"confidence": Confidence.HIGH, "forecast": " "}, "forecast"),
    ],
)
def test_a_row_of_progress_that_cannot_be_read_names_its_column(wrong: dict[str, Any], column: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        statement_of(replace(SAID, **wrong), 2024)
    assert refused.value.column == column


@pytest.mark.parametrize(
    ("column", "cell"),
    [("state", "state"), ("evidence", "evidence"), ("evidence/0/reference", "evidence"), ("evidence/0/file", "file")],
)
def test_a_mistake_of_a_document_is_shown_in_the_cell_where_it_is_written(column: str, cell: str) -> None:
    assert cell_of(column) == cell


@pytest.mark.parametrize(
    "pilot",
    ["a.b@exemple.fr", "Direction (a@b)", "01 40 02 22 22", "+33 (0)1.40.02.22.22", "Accueil, tél. 0140022222",
     "01\u00a040\u00a002\u00a022\u00a022", "01 - 40 - 02 - 22 - 22"],
)  # fmt: skip
def test_an_address_or_a_telephone_is_a_person_s(pilot: str) -> None:
    assert names_a_person(pilot)


@pytest.mark.parametrize(
    "pilot", ["Direction de l’accueil", "COP 2018-2022 / 2023-2027", "Groupe de travail 3, lot 12", "@"]
)
def test_a_function_is_nobody(pilot: str) -> None:
    assert not names_a_person(pilot)
