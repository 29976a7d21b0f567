"""The calendar of a contract's steps, read back as a calendar program does."""

from datetime import date
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from . import jalons
from .jalons import CONTRACT, DONE, LEASE, SALE, STARTED, put, tell
from .test_indicators_write_one import plain

FILE = f"{CONTRACT}/calendar.ics"


async def calendar(client: httpx.AsyncClient, **asked: Any) -> Any:
    answer = await client.get(FILE, params=asked)
    assert answer.status_code == 200, answer.text
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75
    return Calendar.from_ical(answer.content)


async def events(client: httpx.AsyncClient, **asked: Any) -> list[Any]:
    found: list[Any] = (await calendar(client, **asked)).walk("VEVENT")
    return found


async def event(client: httpx.AsyncClient, title: str, **asked: Any) -> Any:
    (found,) = [
        each
        for each in await events(client, **asked)
        if each["SUMMARY"].startswith(f"{each['CATEGORIES'].cats[0]} · {title}")
    ]
    return found


async def test_there_is_an_event_for_each_step_and_entity(still_pilot: httpx.AsyncClient) -> None:
    found = await events(still_pilot)
    assert len({each["UID"] for each in found}) == len(found) == 12
    assert [str(each["SUMMARY"]) for each in found][:3] == [
        "J1 · Choisir le lieu", "J1 · Compter les visites (2021)", "J1 · Signer le bail",
    ]  # fmt: skip


async def test_the_calendar_has_a_name_and_a_type(still_pilot: httpx.AsyncClient) -> None:
    read, answer = await calendar(still_pilot), await still_pilot.get(FILE)
    assert (read["VERSION"], plain(read["X-WR-CALNAME"])) == ("2.0", "Jalons : Contrat d’essai")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="jalons-jalons.ics"'


@pytest.mark.parametrize(
    ("title", "last"),
    [("Choisir le lieu", date(2021, 12, 31)), ("Signer le bail", date(2022, 12, 31)),
     ("Ouvrir la vente", date(2022, 6, 30))],
)  # fmt: skip
async def test_an_event_is_the_whole_last_day_of_its_date(
    still_pilot: httpx.AsyncClient, title: str, last: date
) -> None:
    found = await event(still_pilot, title)
    assert (found.start, found.end.toordinal() - found.start.toordinal()) == (last, 1)
    assert (found["DTSTART"].params["VALUE"], found["TRANSP"]) == ("DATE", "TRANSPARENT")


async def test_an_event_says_what_it_is_about(still_pilot: httpx.AsyncClient) -> None:
    found = await event(still_pilot, "Ouvrir la vente")
    assert plain(found["DESCRIPTION"]).split("\n") == [
        "J2.1 : Tenir boutique", "Entité : Le groupe", "Échéance : T2/2022 ?", "État : à venir",
    ]  # fmt: skip
    assert [str(each) for each in found["CATEGORIES"].cats] == ["J2", "à venir"]
    assert "Étape conditionnelle" in (await event(still_pilot, "Signer le bail"))["DESCRIPTION"]


@pytest.mark.parametrize(
    ("title", "status"),
    [("Choisir le lieu", "CONFIRMED"), ("Signer le bail", "TENTATIVE"), ("Ouvrir la vente", "TENTATIVE")],
)
async def test_what_is_in_doubt_is_tentative(still_pilot: httpx.AsyncClient, title: str, status: str) -> None:
    assert (await event(still_pilot, title))["STATUS"] == status


async def test_what_is_done_is_sure_and_what_is_abandoned_is_cancelled(pilot: httpx.AsyncClient) -> None:
    await tell(pilot, SALE, DONE)
    await tell(pilot, LEASE, {"state": "abandoned", "reason": "Sans suite"})
    statuses = [(await event(pilot, title))["STATUS"] for title in ("Ouvrir la vente", "Signer le bail")]
    assert statuses == ["CONFIRMED", "CANCELLED"]


async def test_a_change_moves_the_same_event_and_says_so(pilot: httpx.AsyncClient) -> None:
    before = await event(pilot, "Signer le bail")
    await tell(pilot, LEASE, {"state": "postponed", "due": "T2 2023", "reason": "Retard"})
    await tell(pilot, LEASE, STARTED | {"forecast": {"text": "mai 2023", "confidence": "low"}})
    after = await event(pilot, "Signer le bail")
    assert (after["UID"], after.start, after["SEQUENCE"]) == (before["UID"], date(2023, 6, 30), 2)
    assert before["SEQUENCE"] == 0
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt
    assert plain(after["DESCRIPTION"]).split("\n")[2:] == [
        "Échéance : T2 2023", "État : en cours", "Étape conditionnelle", "Prévue : mai 2023",
    ]  # fmt: skip
    revised = {"title": "Signer deux baux", "source": "Avenant", "reason": "Avenant"}
    await put(pilot, jalons.at("J1.1-2", 2022), revised, '"1"')
    again = await event(pilot, "Signer deux baux")
    assert (again["UID"], again["SEQUENCE"], again["STATUS"]) == (before["UID"], 3, "CONFIRMED")


async def test_a_withdrawn_step_is_in_no_calendar(pilot: httpx.AsyncClient) -> None:
    await pilot.delete(jalons.at("J2.1-1", 2022), params={"reason": "Faite"}, headers={"If-Match": "*"})
    assert len(await events(pilot)) == 11


async def test_the_calendar_of_one_entity_has_its_steps_only(still_pilot: httpx.AsyncClient) -> None:
    assert [str(each["SUMMARY"]) for each in await events(still_pilot, entity="filiale")] == [
        "J1 · Former l’accueil (La filiale)", "J2 · Publier les tarifs (La filiale)",
    ]  # fmt: skip
    assert len(await events(still_pilot, entity="groupe")) == 6
    assert (await still_pilot.get(FILE, params={"entity": "est"})).status_code == 404


@pytest.mark.parametrize(
    "title", ["Ouvrir ; fermer, \\ et « dire »", "Une ligne\nBEGIN:VEVENT", "é" * 300, "Retour\rchariot", "\t:\"'%"]
)
async def test_any_title_is_one_text_of_one_event(pilot: httpx.AsyncClient, title: str) -> None:
    said = {"title": title, "source": "Avenant", "reason": "Avenant"}
    assert (await put(pilot, jalons.at("J2.1-1", 2022), said, '"1"')).status_code == 200
    found = await events(pilot)
    titles = [str(each["SUMMARY"]).replace("\n", "\r") for each in found]
    assert len(found) == 12
    assert f"J2 · {title.strip()}".replace("\n", "\r") in titles


async def test_a_calendar_that_a_reader_has_already_is_not_sent_again(pilot: httpx.AsyncClient) -> None:
    tag = (await pilot.get(FILE)).headers["ETag"]
    again = await pilot.get(FILE, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    await tell(pilot, LEASE, STARTED)
    assert (await pilot.get(FILE, headers={"If-None-Match": tag})).status_code == 200
