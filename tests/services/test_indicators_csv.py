"""Recording observations from a CSV file, as machines write it and as Excel does in French."""

from typing import Any

import httpx
import pytest

from .conftest import OBSERVATIONS
from .test_indicators_write_many import MANY, counters, values
from .test_indicators_write_one import plain

MACHINE = "indicator,entity,year,value,source\nrevenue,nord,2021,1234.5,Page 5\nrevenue,sud,2021,0,Page 5\n"
EXCEL = "indicator;entity;year;value;source\r\nrevenue;nord;2021;{};Page 5\r\nrevenue;sud;2021;0;Page 5\r\n"


async def send(client: httpx.AsyncClient, file: str | bytes, **asked: Any) -> httpx.Response:
    return await client.post(MANY, content=file, headers={"Content-Type": "text/csv; charset=utf-8"}, params=asked)


@pytest.mark.parametrize(
    "file",
    [
        MACHINE,
        MACHINE.replace("\n", "\r\n"),
        MACHINE.removesuffix("\n"),
        "\ufeff" + MACHINE,
        MACHINE.replace("Page 5", '"Page 5"'),
        MACHINE.replace("1234.5", '"1234,5"'),
        EXCEL.format("1234,5"),
        "\ufeff" + EXCEL.format("1 234,5"),
        EXCEL.format("1\u00a0234,5"),
        EXCEL.format("1\u202f234,5"),
        EXCEL.format("+1234.5"),
        EXCEL.format(" 1234,5 "),
        EXCEL.format("1234,5") + ";;;;\r\n\r\n",
    ],
)
async def test_both_dialects_say_the_same(still_steward: httpx.AsyncClient, file: str) -> None:
    plan = (await send(still_steward, file, dryRun=True)).json()
    assert counters(plan) == (2, 0, 0, 0)
    assert [change["after"] for change in plan["changes"]] == ["1234.5", "0"]
    assert plan["notices"] == []


async def test_a_file_in_windows_1252_is_read_with_a_notice(steward: httpx.AsyncClient) -> None:
    file = EXCEL.format("3").replace("Page 5", "Relevé d’été").encode("cp1252")
    answer = await send(steward, file)
    assert answer.json()["notices"] == [
        "Le fichier n’est pas en UTF-8 : il a été lu en Windows-1252 ; vérifiez les accents."
    ]
    items = (await steward.get(OBSERVATIONS, params={"entity": "nord", "indicator": "revenue"})).json()["items"]
    assert [item["source"] for item in items] == ["Relevé d’été"]


async def test_the_same_file_twice_changes_nothing_the_second_time(steward: httpx.AsyncClient) -> None:
    assert counters((await send(steward, MACHINE)).json()) == (2, 0, 0, 0)
    tag = (await steward.get(OBSERVATIONS)).headers["ETag"]
    assert counters((await send(steward, MACHINE)).json()) == (0, 0, 2, 0)
    assert (await steward.get(OBSERVATIONS)).headers["ETag"] == tag


async def test_a_changed_file_is_refused_without_a_reason_and_taken_with_one(steward: httpx.AsyncClient) -> None:
    await send(steward, MACHINE)
    changed = MACHINE.replace("1234.5", "1234.6")
    refused = await send(steward, changed)
    assert [(error["line"], error["code"]) for error in refused.json()["errors"]] == [(2, "reason-required")]
    assert counters((await send(steward, changed, reason="Virgule déplacée")).json()) == (0, 1, 1, 0)
    assert await values(steward, indicator="revenue", entity="nord") == ["1234.6"]


MISTAKES = """\
indicator;entity;year;value;source;status;absence;observed_on
visitors;nord;2022;120;Page 5;;;
visits;nord;2022;120;Page 5;;;
visitors;ouest;2022;120;Page 5;;;
satisfaction;nord;2022;81;Page 5;;;

visitors;nord;1999;120;Page 5;;;
visitors;nord;MMXXIII;120;Page 5;;;
visitors;sud;2022;22 mai;Page 5;;;
visitors;sud;2023;;Page 5;;;
visitors;groupe;2022;300;Page 5;;late;
visitors;groupe;2023;300;Page 5;sûr;;
revenue;nord;2022;1,5;;;;
revenue;nord;2023;1,12345678901;Page 5;;;
revenue;sud;2022;1,5;Page 5;;;31 décembre 2022
visitors;nord;2022;121;Page 5;;;
visitors;nord;2021;999;Page 5;;;
"""
SENTENCES = [
    (3, "indicator", "l’indicateur « visits » n’est pas dans ce contrat"),
    (4, "entity", "l’entité « ouest » n’est pas dans ce contrat"),
    (5, "entity", "l’indicateur « satisfaction » n’est pas décliné par école : seul « groupe » le renseigne"),
    (7, "year", "1999 est hors du contrat (de 2010 à 2033)"),
    (8, "year", "un nombre entier est attendu"),
    (9, "value", "« 22 mai » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    (10, "value", "ni valeur ni motif d’absence : donnez l’une ou l’autre (zéro s’écrit 0)"),
    (11, "absence", "une valeur et un motif d’absence se contredisent : gardez l’une ou l’autre"),
    (12, "status", "valeur inconnue ; attendu : provisional, definitive"),
    (13, "source", "champ obligatoire manquant"),
    (14, "value", "« 1,12345678901 » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    (15, "observed_on", "une date AAAA-MM-JJ est attendue"),
    (16, "indicator", "la même observation est déjà donnée plus haut (rangée 1)"),
    (17, "reason",
     "une autre valeur est déjà enregistrée (110, version 1) : une correction donne son motif (reason)"),
]  # fmt: skip


async def test_a_file_with_many_kinds_of_mistakes_is_refused_whole_with_a_sentence_each(
    still_steward: httpx.AsyncClient,
) -> None:
    before = await values(still_steward)
    answer = await send(still_steward, MISTAKES)
    body = answer.json()
    assert answer.status_code == 422
    found = sorted((error["line"], error["column"], plain(error["message"])) for error in body["errors"])
    assert found == SENTENCES
    assert {error["row"] for error in body["errors"]} == set(range(1, 15))
    assert counters(body["plan"]) == (1, 0, 0, 14)
    assert plain(body["detail"]) == "14 ligne(s) refusée(s) sur 15 : rien n’a été enregistré."
    assert await values(still_steward) == before


@pytest.mark.parametrize(
    ("file", "detail"),
    [
        (b"", "Le fichier est vide : la première ligne doit nommer les colonnes."),
        (b"\xef\xbb\xbf", "Le fichier est vide : la première ligne doit nommer les colonnes."),
        (b"\n\n", "Le fichier est vide : la première ligne doit nommer les colonnes."),
        (b"year,value,year\n2020,1,2020\n", "Colonne(s) en double dans l’en-tête : year."),
        (b'year,value\n2020,"1\n', "Ligne 2 : guillemets mal fermés, ou cellule de plus de 131072 caractères."),
        (b"PK\x03\x04\x00\x00",
         "Ce fichier n’est pas un CSV : il contient des octets nuls (classeur Excel ? enregistrez-le en CSV UTF-8)."),
    ],
)  # fmt: skip
async def test_a_file_that_is_no_table_is_refused(still_steward: httpx.AsyncClient, file: bytes, detail: str) -> None:
    answer = await send(still_steward, file)
    assert (answer.status_code, plain(answer.json()["detail"])) == (422, detail)


async def test_a_header_alone_is_nothing_to_do(still_steward: httpx.AsyncClient) -> None:
    assert counters((await send(still_steward, "indicator,entity,year,value,source\n")).json()) == (0, 0, 0, 0)


async def test_a_cell_beyond_the_header_is_a_mistake_of_its_row(still_steward: httpx.AsyncClient) -> None:
    answer = await send(still_steward, MACHINE.replace("1234.5", "1234,5"))
    found = {(error["line"], error["column"]) for error in answer.json()["errors"]}
    assert (answer.status_code, found) == (422, {(2, "cellule 6")})


async def test_an_unknown_column_is_named(still_steward: httpx.AsyncClient) -> None:
    answer = await send(still_steward, "indicator,entity,year,valeur,source\nvisitors,nord,2022,1,Page 5\n")
    assert {(error["line"], error["column"]) for error in answer.json()["errors"]} == {(2, "valeur")}


async def test_a_file_of_too_many_lines_is_refused(still_steward: httpx.AsyncClient) -> None:
    answer = await send(still_steward, "year\n" + "2022\n" * 50_001)
    assert (answer.status_code, plain(answer.json()["detail"])) == (
        422, "Un envoi compte au plus 50000 lignes : découpez-le.",
    )  # fmt: skip


async def test_a_huge_cell_is_refused(still_steward: httpx.AsyncClient) -> None:
    answer = await send(still_steward, "year,source\n2022," + "x" * 200_000)
    assert answer.status_code == 422
    assert plain(answer.json()["detail"]) == "Ligne 2 : guillemets mal fermés, ou cellule de plus de 131072 caractères."


async def test_every_mistake_of_a_line_is_said_in_the_order_of_the_columns(still_steward: httpx.AsyncClient) -> None:
    header = "indicator;entity;year;value;source;status;observed_on;basis;perimeter;couleur"
    row = "visits;ouest;2022;beaucoup; ;sûr;31 décembre 2022;Constant euros;Hors Annexe;bleu"
    body = (await send(still_steward, f"{header}\n{row}\n")).json()
    assert [(error["line"], error["column"], plain(error["message"])) for error in body["errors"]] == [
        (2, "indicator", "l’indicateur « visits » n’est pas dans ce contrat"),
        (2, "entity", "l’entité « ouest » n’est pas dans ce contrat"),
        (2, "source", "champ obligatoire manquant"),
        (2, "value", "« beaucoup » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
        (2, "status", "valeur inconnue ; attendu : provisional, definitive"),
        (2, "observed_on", "une date AAAA-MM-JJ est attendue"),
        (2, "basis",
         "« Constant euros » n’est pas une base : current-euros, constant-euros-AAAA (constant-euros-2022), ou rien"),
        (2, "perimeter",
         "« Hors Annexe » n’est pas un code : lettres sans accent, chiffres, « - », « . » et « _ », au plus 64"),
        (2, "couleur", "champ inconnu ; vérifiez son nom, et les séparateurs de la ligne"),
    ]  # fmt: skip
    assert counters(body["plan"]) == (0, 0, 0, 1)
