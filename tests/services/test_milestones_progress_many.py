"""Stating the progress of many steps as JSON or CSV: the plan, its counters, its mistakes, all or nothing."""

from typing import Any

import httpx
import pytest

from shared import outbox

from . import jalons
from .conftest import Service
from .jalons import LEASE, MANY, PROGRESS, Row, items, stated
from .test_indicators_write_one import plain
from .test_milestones_transitions import DATES

NORTH = jalons.of("J1.2-2", 2022, "nord")
KNOWN = stated("J1.2-2", 2022, "nord", "in_progress")
CHANGED = stated("J1.2-2", 2022, "nord", "in_progress", note="Reste la caisse")
NEW = stated("J1.1-2", 2022, "groupe", "partly_done", share="0.5")
UNSTATED = stated("J2.1-1", 2022, "groupe", "planned")
CSV = {"Content-Type": "text/csv"}
HEADER = "step,year,entity,state,share,done_on,evidence,due,reason,note"
LINES = [
    "J1.1-2,2022,groupe,partly_done,0.5,,,,,",
    'J1.2-2,2022,nord,done,,2022-06-20,"Attestation, p. 2",,,Formé',
    "J1.2-2,2022,sud,postponed,,,,T4 2022,Travaux d’été,",
]
MACHINE = "\n".join([HEADER, *LINES, ""])
EXCEL = "\r\n".join(
    line.replace('"Attestation, p. 2"', "Attestation, p. 2").replace(", p", "¤").replace(",", ";").replace("¤", ", p")
    for line in [HEADER, *LINES, ""]
).replace("0.5", "0,5")


def counters(plan: Row) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, rejected."""
    assert plan["received"] == plan["created"] + plan["updated"] + plan["unchanged"] + plan["rejected"]
    assert plan["tables"]["progress"]["received"] == plan["received"]
    return plan["created"], plan["updated"], plan["unchanged"], plan["rejected"]


async def send(client: httpx.AsyncClient, file: str | bytes, **asked: Any) -> httpx.Response:
    return await client.post(MANY, content=file, headers=CSV, params=asked)


async def test_each_row_is_created_updated_or_unchanged_and_counted(
    milestones: Service, pilot: httpx.AsyncClient
) -> None:
    answer = await pilot.post(MANY, json={"rows": [NEW, CHANGED, UNSTATED], "reason": "Point annuel"})
    assert answer.status_code == 200, answer.text
    assert counters(answer.json()) == (1, 1, 1, 0)
    assert answer.json()["changes"] == [
        {"step": "J1.1-2", "year": 2022, "entity": "groupe", "before": None, "after": "partiellement réalisée"},
        {"step": "J1.2-2", "year": 2022, "entity": "nord", "before": "en cours", "after": "en cours"},
    ]
    assert await outbox.count(milestones.database) == 13


async def test_a_dry_run_writes_nothing(milestones: Service, pilot: httpx.AsyncClient) -> None:
    answer = await pilot.post(MANY, json={"rows": [NEW]}, params={"dryRun": True})
    assert (counters(answer.json()), answer.json()["dryRun"]) == ((1, 0, 0, 0), True)
    assert (await pilot.get(LEASE)).json()["version"] == 0
    assert await outbox.count(milestones.database) == 11


async def test_the_reason_of_the_sending_is_that_of_the_rows_which_correct_and_give_none(
    pilot: httpx.AsyncClient,
) -> None:
    own = stated("J1.1-1", 2021, "groupe", "done", evidence="Bail, p. 2", reason="Autre page")
    given_up = stated("J1.2-2", 2022, "sud", "abandoned", reason=" ")
    await pilot.post(MANY, json={"rows": [own, CHANGED, NEW, given_up], "reason": "Point annuel"})
    reasons = {(each["state"], each["reason"]) for each in await items(pilot, PROGRESS)}
    assert reasons == {
        ("done", "Autre page"), ("in_progress", "Point annuel"), ("partly_done", None), ("abandoned", "Point annuel"),
    }  # fmt: skip


@pytest.mark.parametrize("reason", [None, " "])
async def test_a_correction_without_a_reason_is_refused(still_pilot: httpx.AsyncClient, reason: str | None) -> None:
    answer = await still_pilot.post(MANY, json={"rows": [CHANGED], "reason": reason})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["column"], plain(error["message"])) == (
        422, "reason", "une correction dit pourquoi : donnez un motif",
    )  # fmt: skip


async def test_the_reason_may_stand_in_the_address(pilot: httpx.AsyncClient) -> None:
    await pilot.post(MANY, json={"rows": [CHANGED]}, params={"reason": "Point annuel"})
    assert (await pilot.get(NORTH)).json()["reason"] == "Point annuel"


@pytest.mark.parametrize(
    "file",
    [MACHINE, MACHINE.replace("\n", "\r\n"), "\ufeff" + MACHINE, MACHINE.replace("0.5", '"0,5"'), EXCEL,
     "\ufeff" + EXCEL, EXCEL.replace("2022;nord", " 2022 ; nord ")],
)  # fmt: skip
async def test_both_dialects_say_the_same(pilot: httpx.AsyncClient, file: str) -> None:
    plan = (await send(pilot, file)).json()
    assert (counters(plan), plan["notices"]) == ((2, 1, 0, 0), [])
    share, north, south = [(await pilot.get(each)).json() for each in (LEASE, NORTH, jalons.of("J1.2-2", 2022, "sud"))]
    assert (share["share"], north["done_on"], north["note"]) == ("0.5", "2022-06-20", "Formé")
    assert (north["evidence"][0]["reference"], south["due"]["latest"]) == ("Attestation, p. 2", "2022-12-31")
    assert south["reason"] == "Travaux d’été"


async def test_a_file_in_windows_1252_is_read_with_a_notice(pilot: httpx.AsyncClient) -> None:
    answer = await send(pilot, EXCEL.encode("cp1252"))
    assert answer.json()["notices"] == [
        "Le fichier n’est pas en UTF-8 : il a été lu en Windows-1252 ; vérifiez les accents."
    ]
    assert (await pilot.get(NORTH)).json()["note"] == "Formé"


async def test_the_same_file_twice_changes_nothing_the_second_time(pilot: httpx.AsyncClient) -> None:
    await send(pilot, MACHINE)
    assert counters((await send(pilot, MACHINE)).json()) == (0, 0, 3, 0)


WRONG = """\
step;year;entity;state;share;done_on;evidence;due;note
J1.1-2;2022;groupe;partly_done;moitié;;;;
J9.9-9;2022;groupe;done;;;Oui;;

J1.1-2;2023;groupe;done;;;Oui;;
J1.2-2;2022;ami;done;;;Oui;;
J1.2-2;2022;sud;finie;;;;;"deux
lignes"
J1.2-2;2022;filiale;postponed;;;;bientôt;
J1.2-2;MMXX;sud;done;;;Oui;;
J2.1-1;2022;groupe;done;;20 juin 2022;Oui;;
J2.1-2;2023;sud;done;;;;;
J2.1-2;2023;nord;in_progress;;;;;
J2.1-2;2023;nord;done;;;Oui;;
"""
SENTENCES = [
    (2, "share", "« moitié » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    (3, "step", "aucune étape « J9.9-9 » n’est prévue en 2022 dans ce contrat"),
    (5, "step", "aucune étape « J1.1-2 » n’est prévue en 2023 dans ce contrat"),
    (6, "entity", "cette étape est celle de chaque école : « ami » n’en est pas une de ce contrat"),
    (7, "state", "valeur inconnue ; attendu : planned, in_progress, partly_done, done, postponed, abandoned"),
    (9, "due", f"« bientôt » n’est pas une date lisible : écrivez par exemple {DATES}"),
    (10, "year", "un nombre entier est attendu"),
    (11, "done_on", "une date AAAA-MM-JJ est attendue"),
    (12, "evidence", "une étape réalisée se prouve : joignez la référence ou l’adresse d’un document"),
    (14, "step", "la même étape est déjà donnée plus haut pour cette entité (rangée 10)"),
]  # fmt: skip


async def test_a_file_with_many_kinds_of_mistakes_is_refused_whole_with_a_sentence_each(
    still_pilot: httpx.AsyncClient,
) -> None:
    answer = await send(still_pilot, WRONG)
    body = answer.json()
    assert answer.status_code == 422
    assert [(each["line"], each["column"], plain(each["message"])) for each in body["errors"]] == SENTENCES
    assert counters(body["plan"]) == (1, 0, 0, 10)
    assert plain(body["detail"]) == "10 ligne(s) refusée(s) sur 11 : rien n’a été enregistré."
    assert len(await items(still_pilot, PROGRESS)) == 2


@pytest.mark.parametrize(
    ("body", "detail"),
    [('{"rows": 3}', "une liste est attendue"), ("{", "JSON illisible, ligne 1, colonne 1"), ("{}", "manquant"),
     ('{"rows": [1]}', "un objet JSON est attendu")],
)  # fmt: skip
async def test_what_is_no_list_of_rows_is_refused(still_pilot: httpx.AsyncClient, body: str, detail: str) -> None:
    answer = await still_pilot.post(MANY, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, detail in answer.json()["detail"]) == (422, True), answer.text


async def test_another_format_is_refused(still_pilot: httpx.AsyncClient) -> None:
    answer = await still_pilot.post(MANY, content=b"x", headers={"Content-Type": "application/vnd.ms-excel"})
    assert answer.status_code == 415


async def test_an_unknown_contract_is_not_found(still_pilot: httpx.AsyncClient) -> None:
    assert (await still_pilot.post("/milestones/v1/contracts/other/progress", json={"rows": []})).status_code == 404


async def test_a_contributor_sends_the_rows_of_its_own_entity_only(milestones: Service) -> None:
    rows = [stated("J2.1-2", 2023, each, "in_progress") for each in ("nord", "sud")]
    async with milestones.client("contributor", entities=["nord"]) as client:
        refused = await client.post(MANY, json={"rows": rows})
        assert [(each["row"], each["column"], plain(each["message"])) for each in refused.json()["errors"]] == [
            (1, "entity", "ce jeton ne permet pas d’écrire pour « sud »")
        ]
        assert counters((await client.post(MANY, json={"rows": rows[:1]})).json()) == (1, 0, 0, 0)
        known = [stated("J1.1-2", 2022, "groupe", "planned"), *rows[:1]]
        assert counters((await client.post(MANY, json={"rows": known})).json()) == (0, 0, 2, 0)
    async with milestones.client("reader") as client:
        assert (await client.post(MANY, json={"rows": rows[:1]})).status_code == 403


async def test_the_same_file_with_its_key_is_taken_once(milestones: Service, pilot: httpx.AsyncClient) -> None:
    first, again = [await pilot.post(MANY, content=MACHINE, headers=CSV | {"Idempotency-Key": "a"}) for _ in "12"]
    assert (first.json(), again.headers["Idempotency-Replayed"]) == (again.json(), "true")
    assert await outbox.count(milestones.database) == 14
