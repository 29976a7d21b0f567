"""Adding a step to a contract: with its reason, in each of its years, and never twice."""

import asyncio

import httpx
import pytest

from shared import outbox

from . import jalons
from .conftest import Service
from .jalons import CONTRACT, Row, step
from .test_indicators_write_one import plain

ADD = f"{CONTRACT}/steps"
NEW = step("J2.1-3", 2022, "Solder", due="T4", reason="Avenant n° 1")


async def test_a_step_is_added_with_its_reason_and_is_not_signed(pilot: httpx.AsyncClient) -> None:
    answer = await pilot.post(ADD, json=NEW)
    (added,) = answer.json()["items"]
    assert answer.status_code == 201
    assert (added["id"], added["signed"], added["version"], added["place"]) == (
        jalons.id_of("J2.1-3", 2022), False, 1, 8,
    )  # fmt: skip
    assert (added["milestone"], added["due"]["text"], added["due"]["earliest"]) == ("J2", "T4", "2022-10-01")
    assert (added["recorded_by"], added["recurrent"]) == ("camille", False)
    assert (await pilot.get(jalons.at("J2.1-3", 2022))).json() == added


async def test_a_recurrent_step_is_added_in_each_of_its_years(milestones: Service, pilot: httpx.AsyncClient) -> None:
    answer = await pilot.post(ADD, json=NEW | {"until": 2023, "scope": "schools", "doubtful": True})
    added = answer.json()["items"]
    assert [(each["year"], each["recurrent"], each["scope"]) for each in added] == [
        (2022, True, "schools"), (2023, True, "schools"),
    ]  # fmt: skip
    assert [(each["due"]["latest"], each["due"]["doubtful"]) for each in added] == [
        ("2022-12-31", True), ("2023-12-31", True),
    ]  # fmt: skip
    assert await outbox.count(milestones.database) == 13


async def test_a_step_that_is_there_is_a_conflict_that_says_how_to_change_it(pilot: httpx.AsyncClient) -> None:
    answer = await pilot.post(ADD, json=NEW | {"code": "J1.2-1", "line": "J1.2", "year": 2021, "until": 2022})
    assert (answer.status_code, answer.json()["id"], answer.json()["version"]) == (
        409, jalons.id_of("J1.2-1", 2021), 1,
    )  # fmt: skip
    assert plain(answer.json()["detail"]) == (
        "L’étape « J1.2-1 » de 2021 existe déjà : pour la changer, envoyez "
        f"PUT {jalons.at('J1.2-1', 2021)} avec If-Match et un motif (reason)."
    )


async def test_of_two_steps_added_at_once_one_is_a_conflict(pilot: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(pilot.post(ADD, json=NEW | {"title": title}) for title in "abc"))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


MISTAKES: list[tuple[Row, str, str]] = [
    ({"line": "J9"}, "line", "« J9 » n’est pas dans le tableau milestone_lines"),
    ({"code": "J2 1"}, "code",
     "« J2 1 » n’est pas un code : lettres sans accent, chiffres, « - », « . » et « _ », au plus 64"),
    ({"title": "  "}, "title", "ce texte est obligatoire, et il est vide"),
    ({"title": "é" * 1001}, "title", "texte trop long (au plus 1000 caractères)"),
    ({"source": ""}, "source", "ce texte est obligatoire, et il est vide"),
    ({"note": "a\x07"}, "note", "le texte contient un caractère de commande"),
    ({"year": 2025}, "year", "2025 est hors des années du contrat (de 2021 à 2024)"),
    ({"until": 2021}, "until", "la dernière année, 2021, précède la première, 2022"),
    ({"due": "T4 2150"}, "due", "2150 est hors des années du contrat (de 2016 à 2033)"),
    ({"pilot": "06 12 34 56 78"}, "pilot",
     "un pilote est une fonction, pas une personne : ni adresse, ni téléphone"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "column", "sentence"), MISTAKES)
async def test_a_step_that_cannot_be_is_refused_with_its_column_and_a_sentence(
    still_pilot: httpx.AsyncClient, change: Row, column: str, sentence: str
) -> None:
    answer = await still_pilot.post(ADD, json=NEW | change)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["place"]) == (422, f"body.{column}")
    assert plain(error["message"]) == sentence


BLANK = "ce texte est obligatoire, et il est vide"


@pytest.mark.parametrize(
    ("change", "place", "sentence"),
    [
        ({"reason": None}, "body.reason", "un texte est attendu"),
        ({"reason": "  "}, "body.reason", BLANK),
        ({"reason": "a\x00"}, "body.reason", "le texte contient un caractère de commande"),
        ({"reason": "é" * 1001}, "body.reason", "texte trop long (au plus 1000 caractères)"),
        ({"due": " "}, "body.due", BLANK),
        ({"year": 10000}, "body.year", "doit être au plus 2200"),
        ({"year": "MMXX"}, "body.year", "un nombre entier est attendu"),
        ({"scope": "all"}, "body.scope", "valeur inconnue ; attendu : group, schools"),
        ({"colour": "red"}, "body.colour", "champ inconnu ; vérifiez son nom, et les séparateurs de la ligne"),
    ],
)
async def test_a_field_of_another_kind_is_refused_with_its_place(
    still_pilot: httpx.AsyncClient, change: Row, place: str, sentence: str
) -> None:
    answer = await still_pilot.post(ADD, json=NEW | change)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["place"], plain(error["message"])) == (422, place, sentence)
