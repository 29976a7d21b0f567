"""From each state to each other, over HTTP: what the table allows is taken, what it forbids says what is possible."""

import httpx
import pytest

from .conftest import Service
from .jalons import LEASE, SALE, Row, put, tell
from .test_indicators_write_one import plain

SAID: dict[str, Row] = {
    "planned": {"state": "planned", "note": "Rien encore"},
    "in_progress": {"state": "in_progress"},
    "partly_done": {"state": "partly_done", "share": "0.5"},
    "done": {"state": "done", "evidence": [{"reference": "Bail"}]},
    "postponed": {"state": "postponed", "due": "T2 2023", "reason": "Retard"},
    "abandoned": {"state": "abandoned", "reason": "Sans suite"},
}
FRENCH = {
    "planned": "à venir", "in_progress": "en cours", "partly_done": "partiellement réalisée", "done": "réalisée",
    "postponed": "reportée", "abandoned": "abandonnée",
}  # fmt: skip
ALLOWED = {
    "planned": ["in_progress", "partly_done", "done", "postponed", "abandoned", "planned"],
    "in_progress": ["in_progress", "partly_done", "done", "postponed", "abandoned"],
    "partly_done": ["partly_done", "in_progress", "done", "postponed", "abandoned"],
    "done": ["done", "in_progress"],
    "postponed": ["postponed", "in_progress", "partly_done", "done", "abandoned"],
    "abandoned": ["abandoned", "planned"],
}
ACTIONS = {
    "planned": ["start", "complete_partly", "complete", "postpone", "abandon", "amend"],
    "in_progress": ["amend", "complete_partly", "complete", "postpone", "abandon"],
    "partly_done": ["amend", "resume", "complete", "postpone", "abandon"],
    "done": ["amend", "reopen"],
    "postponed": ["postpone", "start", "complete_partly", "complete", "abandon"],
    "abandoned": ["amend", "reinstate"],
}
PAIRS = [(before, after) for before in SAID for after in SAID]


def said(after: str) -> Row:
    """With a reason, and with another note than what was said before."""
    return {"reason": "Précision", **SAID[after], "note": "Autrement"}


@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair[1] in ALLOWED[pair[0]]])
async def test_what_the_table_allows_is_taken(pilot: httpx.AsyncClient, before: str, after: str) -> None:
    assert (await put(pilot, LEASE, SAID[before])).json()["allowedActions"] == ACTIONS[before]
    answer = await put(pilot, LEASE, said(after), '"1"')
    assert (answer.status_code, answer.json()["state"], answer.json()["version"]) == (200, after, 2)
    assert answer.json()["allowedActions"] == ACTIONS[after]


@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair[1] not in ALLOWED[pair[0]]])
async def test_what_the_table_forbids_says_what_is_possible(pilot: httpx.AsyncClient, before: str, after: str) -> None:
    first = (await put(pilot, LEASE, SAID[before])).json()
    answer = await put(pilot, LEASE, said(after), '"1"')
    errors = {error["place"]: error for error in answer.json()["errors"]}
    possible = ", ".join(f"« {FRENCH[each]} »" for each in ALLOWED[before])
    assert (answer.status_code, errors["body.state"]["code"]) == (422, "transition")
    assert plain(errors["body.state"]["message"]) == (
        f"de « {FRENCH[before]} », une étape ne passe pas à « {FRENCH[after]} » ; possible : {possible}"
    )
    assert (await pilot.get(LEASE)).json() == first


@pytest.mark.parametrize(
    ("before", "after"),
    [("in_progress", "in_progress"), ("partly_done", "partly_done"), ("done", "done"), ("done", "in_progress"),
     ("abandoned", "planned"), ("planned", "planned")],
)  # fmt: skip
async def test_a_correction_and_a_way_back_say_why(pilot: httpx.AsyncClient, before: str, after: str) -> None:
    await put(pilot, LEASE, SAID[before])
    answer = await put(pilot, LEASE, said(after) | {"reason": " "}, '"1"')
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["place"], error["code"]) == (422, "body.reason", "required")
    assert error["message"].endswith("donnez un motif")


DATES = "« 2024 », « T4 2024 », « fin 2024 », « juin 2024 », « 15/06/2024 » ou « T1 2024 – T3 2024 »"
STATES = "planned, in_progress, partly_done, done, postponed, abandoned"
REFUSED: list[tuple[Row, str, str]] = [
    ({"state": "finie"}, "body.state", f"valeur inconnue ; attendu : {STATES}"),
    ({"state": None}, "body.state", f"valeur inconnue ; attendu : {STATES}"),
    ({"couleur": 1}, "body.couleur", "champ inconnu ; vérifiez son nom, et les séparateurs de la ligne"),
    ({"state": "done"}, "body.evidence",
     "une étape réalisée se prouve : joignez la référence ou l’adresse d’un document"),
    (SAID["done"] | {"evidence": [{"reference": "A"}, {"address": "ftp://x"}]}, "body.evidence.1.address",
     "une adresse commence par http:// ou https://, et ne contient pas d’espace"),
    (SAID["done"] | {"evidence": [{"reference": "A", "file": "a.pdf"}]}, "body.evidence.0.sha256",
     "un fichier est accompagné de son empreinte SHA-256"),
    (SAID["done"] | {"evidence": [{"reference": "A" * 1001}]}, "body.evidence.0.reference",
     "texte trop long (au plus 1000 caractères)"),
    (SAID["done"] | {"evidence": [{"reference": "A"}] * 21}, "body.evidence", "au plus 20 éléments"),
    (SAID["done"] | {"done_on": "02/11/2022"}, "body.done_on", "une date AAAA-MM-JJ est attendue"),
    (SAID["done"] | {"done_on": 0}, "body.done_on", "une date AAAA-MM-JJ est attendue"),
    (SAID["done"] | {"done_on": "2022-13-45"}, "body.done_on", "une date AAAA-MM-JJ est attendue"),
    (SAID["done"] | {"done_on": "10000-01-01"}, "body.done_on", "une date AAAA-MM-JJ est attendue"),
    (SAID["done"] | {"done_on": "1899-12-31"}, "body.done_on", "une étape n’a pas été réalisée avant 1900"),
    ({"done_on": "2022-01-01"}, "body.done_on", "seule une étape réalisée donne le jour où elle l’a été"),
    ({"share": "0.5"}, "body.share", "seule une étape partiellement réalisée donne la part qui l’est"),
    ({"state": "partly_done"}, "body.share",
     "une étape partiellement réalisée donne la part qui l’est, par exemple 0.5"),
    (SAID["partly_done"] | {"share": 1}, "body.share",
     "la part réalisée est entre 0 et 1, ni l’un ni l’autre, par exemple 0.5"),
    (SAID["partly_done"] | {"share": "0.33333"}, "body.share", "la part réalisée s’écrit avec 4 décimales au plus"),
    (SAID["partly_done"] | {"share": "50 %"}, "body.share",
     "« 50 % » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité"),
    (SAID["partly_done"] | {"share": True}, "body.share", "un nombre est attendu"),
    ({"state": "postponed", "reason": "R"}, "body.due",
     "une étape reportée donne sa nouvelle date, par exemple « T2 2026 »"),
    (SAID["postponed"] | {"due": "fin 2022"}, "body.due",
     "la nouvelle date finit après celle qui valait, « 2022 » (jusqu’au 31/12/2022)"),
    (SAID["postponed"] | {"due": "bientôt"}, "body.due",
     f"« bientôt » n’est pas une date lisible : écrivez par exemple {DATES}"),
    (SAID["postponed"] | {"due": " "}, "body.due", "ce texte est obligatoire, et il est vide"),
    (SAID["postponed"] | {"reason": None}, "body.reason", "une étape reportée dit pourquoi : donnez un motif"),
    (SAID["postponed"] | {"reason": "a\x00b"}, "body.reason", "le texte contient un caractère de commande"),
    ({"due": "T2 2023"}, "body.due", "une nouvelle date ne se donne qu’avec l’état « reportée »"),
    ({"state": "abandoned"}, "body.reason", "une étape abandonnée dit pourquoi : donnez un motif"),
    ({"note": "n" * 2001}, "body.note", "texte trop long (au plus 2000 caractères)"),
    ({"note": "a\x00b"}, "body.note", "le texte contient un caractère de commande"),
    ({"forecast": {"text": "bientôt", "confidence": "high"}}, "body.forecast.text",
     f"« bientôt » n’est pas une date lisible : écrivez par exemple {DATES}"),
    ({"forecast": {"text": "  ", "confidence": "high"}}, "body.forecast.text",
     "ce texte est obligatoire, et il est vide"),
    ({"forecast": {"text": "T4"}}, "body.forecast.confidence", "champ obligatoire manquant"),
    ({"forecast": {"text": "T4", "confidence": "sure"}}, "body.forecast.confidence",
     "valeur inconnue ; attendu : high, medium, low"),
    (SAID["done"] | {"forecast": {"text": "T4", "confidence": "high"}}, "body.forecast",
     "une étape réalisée n’a plus de date prévue"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "sentence"), REFUSED)
async def test_what_a_state_does_not_go_with_is_refused_at_its_place(
    still_pilot: httpx.AsyncClient, change: Row, place: str, sentence: str
) -> None:
    answer = await put(still_pilot, LEASE, {"state": "in_progress"} | change)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["place"], plain(error["message"])) == (422, place, sentence)


async def test_a_day_to_come_is_refused(still_milestones: Service) -> None:
    async with still_milestones.client("steward") as client:
        answer = await put(client, SALE, SAID["done"] | {"done_on": "2199-01-01"})
    assert [(error["place"], error["code"]) for error in answer.json()["errors"]] == [("body.done_on", "future")]


async def test_a_postponed_date_holds_until_another_one_and_is_not_moved_back(pilot: httpx.AsyncClient) -> None:
    await put(pilot, SALE, SAID["postponed"])
    again = await put(pilot, SALE, SAID["postponed"] | {"due": "T1 2023"}, '"1"')
    assert [error["place"] for error in again.json()["errors"]] == ["body.due"]
    assert (await tell(pilot, SALE, {"state": "in_progress"}))["due"]["text"] == "T2 2023"
    assert (await tell(pilot, SALE, {"state": "in_progress", "due": "T2 2023"}))["version"] == 2
