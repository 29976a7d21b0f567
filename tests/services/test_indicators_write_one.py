"""Recording one observation: what is created, what is unchanged, what is refused and why."""

import json
from typing import Any

import httpx
import pytest

from shared import outbox

from .conftest import CONTRACT, OBSERVATIONS, Service
from .essai import CODE, Row, observed

NEW = {"contract": CODE, **observed("visitors", "nord", 2022, "120")}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


async def test_a_new_observation_is_created_and_says_where_it_stands(service: Service) -> None:
    async with service.client("contributor", entities=["nord"], subject="dominique") as client:
        answer = await client.post(OBSERVATIONS, json={**NEW, "observed_on": "2023-01-31", "note": "Comptage"})
        body = answer.json()
        again = await client.get(answer.headers["Location"])
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    assert answer.headers["Location"] == f"{OBSERVATIONS}/{body['id']}"
    assert again.json() | {"notices": []} == body
    assert {name: body[name] for name in ("value", "version", "recorded_by", "observed_on", "note", "status")} == {
        "value": "120",
        "version": 1,
        "recorded_by": "dominique",
        "observed_on": "2023-01-31",
        "note": "Comptage",
        "status": "definitive",
    }


async def test_it_becomes_an_event_in_the_same_breath(service: Service, steward: httpx.AsyncClient) -> None:
    before = await outbox.count(service.database)
    await steward.post(OBSERVATIONS, json=NEW)
    assert await outbox.count(service.database) == before + 1


@pytest.mark.parametrize("value", ["110", "110.0", "110,00", 110, 110.0])
async def test_stating_again_what_is_known_changes_nothing(
    still_service: Service, still_steward: httpx.AsyncClient, value: Any
) -> None:
    events = await outbox.count(still_service.database)
    row = {"contract": CODE, **observed("visitors", "nord", 2021, value)}
    answer = await still_steward.post(OBSERVATIONS, json=row)
    assert (answer.status_code, answer.json()["version"], answer.json()["value"]) == (200, 1, "110")
    assert await outbox.count(still_service.database) == events


async def test_another_value_is_a_conflict_that_says_which_one_stands(still_steward: httpx.AsyncClient) -> None:
    answer = await still_steward.post(
        OBSERVATIONS, json={"contract": CODE, **observed("visitors", "nord", 2021, "999")}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    id_ = answer.json()["id"]
    assert plain(answer.json()["detail"]) == (
        "Une autre valeur est déjà enregistrée (110, version 1) : pour la corriger, envoyez "
        f"PUT /indicators/v1/observations/{id_} avec If-Match et un motif (reason)."
    )
    stands = (await still_steward.get(f"{OBSERVATIONS}/{id_}")).json()
    assert (stands["value"], stands["version"], answer.json()["version"]) == ("110", 1, 1)


@pytest.mark.parametrize("reason", ["", "   ", "Recompté"])
async def test_not_even_a_reason_corrects_without_naming_the_version(
    still_steward: httpx.AsyncClient, reason: str
) -> None:
    row = {"contract": CODE, **observed("visitors", "nord", 2021, "112"), "reason": reason}
    answer = await still_steward.post(OBSERVATIONS, json=row)
    assert (answer.status_code, answer.json()["code"], answer.json()["version"]) == (409, "conflict", 1)


async def test_the_reason_of_a_first_value_is_kept(steward: httpx.AsyncClient) -> None:
    answer = await steward.post(OBSERVATIONS, json={**NEW, "reason": "Relevé tardif"})
    assert (answer.status_code, answer.json()["reason"]) == (201, "Relevé tardif")


async def test_a_value_instead_of_an_absence_needs_a_reason_too(still_steward: httpx.AsyncClient) -> None:
    row = {"contract": CODE, **observed("satisfaction", "groupe", 2021, "82.0")}
    answer = await still_steward.post(OBSERVATIONS, json=row)
    assert answer.status_code == 409
    assert "absence : not_measured" in plain(answer.json()["detail"])


async def test_a_contributor_writes_for_its_entity_only(service: Service) -> None:
    async with service.client("contributor", entities=["sud"]) as client:
        answer = await client.post(OBSERVATIONS, json=NEW)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        assert plain(answer.json()["detail"]) == "ce jeton ne permet pas d’écrire pour « nord »"
        assert (await client.post(OBSERVATIONS, json={**NEW, "entity": "sud"})).status_code == 201


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234\u202f567,25", "1234567.25"),
        ("−12", "-12"),
        ("+12", "12"),
        (" 12 ", "12"),
        ("0", "0"),
        ("0.10", "0.10"),
        ("12.0000000001", "12.0000000001"),
        ("99999999999999999999", "99999999999999999999"),
        (12, "12"),
        (12.5, "12.5"),
        (0.1, "0.1"),
    ],
)
async def test_a_number_may_be_written_as_people_and_machines_do(
    still_steward: httpx.AsyncClient, written: Any, kept: str
) -> None:
    rows = [observed("visitors", "nord", 2022, written)]
    answer = await still_steward.post(f"{CONTRACT}/observations?dryRun=true", json={"rows": rows})
    assert [change["after"] for change in answer.json()["changes"]] == [kept]


REFUSED: list[tuple[Row, str | None, str]] = [
    ({"value": None}, "value", "ni valeur ni motif d’absence : donnez l’une ou l’autre (zéro s’écrit 0)"),
    ({"absence": "late"}, "absence", "une valeur et un motif d’absence se contredisent : gardez l’une ou l’autre"),
    ({"indicator": "other"}, "indicator", "l’indicateur « other » n’est pas dans ce contrat"),
    ({"entity": "other"}, "entity", "l’entité « other » n’est pas dans ce contrat"),
    ({"indicator": "satisfaction"}, "entity",
     "l’indicateur « satisfaction » n’est pas décliné par école : seul « groupe » le renseigne"),
    ({"year": 2009}, "year", "2009 est hors du contrat (de 2010 à 2033)"),
    ({"year": 2034}, "year", "2034 est hors du contrat (de 2010 à 2033)"),
    ({"value": "22 mai"}, "value",
     "« 22 mai » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    ({"value": "1.234,5"}, "value",
     "« 1.234,5 » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    ({"value": "12 %"}, "value", "« 12 % » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    ({"value": ""}, "value", "« » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    ({"value": "NaN"}, "value", "« NaN » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    ({"value": 1e300}, "value", "au plus 20 chiffres avant la virgule et 10 après"),
    ({"value": 1e-11}, "value", "au plus 20 chiffres avant la virgule et 10 après"),
    ({"source": "  "}, "source", "toute valeur porte sa source"),
    ({"source": "x" * 1001}, "source", "texte trop long (au plus 1000 caractères)"),
    ({"note": "a\x07b"}, "note", "le texte contient un caractère de commande"),
    ({"value": "１２"}, "value", "« １２ » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    ({"value": "٣"}, "value", "« ٣ » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    ({"basis": "Constant euros"}, "basis",
     "« Constant euros » n’est pas une base : current-euros, constant-euros-AAAA (constant-euros-2022), ou rien"),
    ({"perimeter": "Hors annexe"}, "perimeter",
     "« Hors annexe » n’est pas un code : lettres sans accent, chiffres, « - », « . » et « _ », au plus 64"),
    ({"status": "final"}, "status", "valeur inconnue ; attendu : provisional, definitive"),
    ({"observed_on": "31 janvier 2023"}, "observed_on", "une date AAAA-MM-JJ est attendue"),
    ({"colour": "red"}, "colour", "champ inconnu ; vérifiez son nom, et les séparateurs de la ligne"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "column", "sentence"), REFUSED)
async def test_a_row_that_cannot_be_is_refused_with_its_column_and_a_sentence(
    still_steward: httpx.AsyncClient, change: Row, column: str | None, sentence: str
) -> None:
    answer = await still_steward.post(OBSERVATIONS, json=NEW | change)
    assert answer.status_code == 422, answer.text
    (error,) = answer.json()["errors"]
    assert (error["table"], error["row"], error["column"]) == ("observations", 0, column)
    assert plain(error["message"]).replace("«  »", "« »") == sentence


@pytest.mark.parametrize(
    ("change", "place"),
    [({"year": "MMXX"}, "body.year"), ({"year": 2022.5}, "body.year"), ({"source": None}, "body.source"),
     ({"contract": "x" * 65}, "body.contract"), ({"value": [1]}, "body.value")],
)  # fmt: skip
async def test_a_field_of_another_kind_is_refused_with_its_place(
    still_steward: httpx.AsyncClient, change: Row, place: str
) -> None:
    answer = await still_steward.post(OBSERVATIONS, json=NEW | change)
    assert answer.status_code == 422, answer.text
    assert all(error["place"].startswith(place) for error in answer.json()["errors"])


@pytest.mark.parametrize("text", ["\x00", "a\ud800b"])
@pytest.mark.parametrize("field", ["indicator", "entity", "source", "note", "value", "basis", "reason", "contract"])
async def test_no_text_breaks_the_service(still_steward: httpx.AsyncClient, field: str, text: str) -> None:
    answer = await still_steward.post(OBSERVATIONS, content=_escaped(NEW | {field: text}), headers=JSON)
    assert 400 <= answer.status_code < 500, answer.text


JSON = {"Content-Type": "application/json"}


def _escaped(body: Row) -> str:
    return json.dumps(body)


async def test_an_unknown_contract_is_not_found(still_steward: httpx.AsyncClient) -> None:
    answer = await still_steward.post(OBSERVATIONS, json={**NEW, "contract": "other"})
    assert (answer.status_code, plain(answer.json()["detail"])) == (404, "Le contrat « other » n’existe pas.")
