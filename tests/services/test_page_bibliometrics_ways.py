"""The ways to the publications and from them: years, extractions, perimeters, machines; and how their page answers."""

from pathlib import Path
from typing import Any

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from tests.bibliometric_facts import CODE, ON, SIGNED, STORY
from tests.conftest import World

from .gateway_alone import Alone, gateway_on
from .page_text import PageText, read

PAGE = f"/contrats/{CODE}/bibliometrie"
NEXT = "/contrats/cop-2023-2027"
THEN = "asOf=2023-04-01T23%3A59%3A59.999999Z"


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def told(database: Database, tmp_path: Path) -> Alone:
    alone = await gateway_on(database, tmp_path)
    alone.at(ON)
    await alone.take(STORY)
    return alone


async def hrefs(alone: Alone, **asked: Any) -> set[str]:
    return {*PageText((await alone.client.get(PAGE, params=asked)).text).hrefs()}


async def test_each_choice_keeps_the_others(told: Alone) -> None:
    found = await hrefs(told, year=2021, perimeter="whole", extraction="mars-2022")
    assert {
        f"{PAGE}?year=2020&perimeter=whole&extraction=mars-2022",
        f"{PAGE}?year=2021&perimeter=whole&extraction=mars-2023",
        f"{PAGE}?year=2021&perimeter=whole&extraction=current",
        f"{PAGE}?year=2021&perimeter=permanent&extraction=mars-2022",
        f"{PAGE}?year=2021&extraction=mars-2022",
        f"{PAGE}?year=2021&perimeter=whole",
    } <= found


async def test_an_extraction_that_does_not_cover_the_year_is_shown_in_its_own(told: Alone) -> None:
    found = await hrefs(told, year=2022, perimeter="whole")
    assert f"{PAGE}?perimeter=whole&extraction=mars-2022" in found
    assert f"{PAGE}?year=2022&perimeter=whole&extraction=mars-2023" in found


async def test_what_is_shown_is_marked_among_the_choices(told: Alone) -> None:
    source = (await told.client.get(PAGE, params={"perimeter": "whole"})).text
    assert f'href="{PAGE}?year=2021&amp;perimeter=whole" aria-current="true">2021<' in source
    assert 'extraction=mars-2022" aria-current="true">de mars-2022 <' in source
    assert f'href="{PAGE}?perimeter=whole" aria-current="true">Établissement entier<' in source
    assert f'href="{PAGE}" aria-current="page">Bibliométrie<' in source


async def test_looking_back_is_kept_and_the_way_to_today_too(told: Alone) -> None:
    answer = await told.client.get(PAGE, params={"year": 2021, "asOf": "2023-04-01"})
    page = PageText(answer.text)
    assert "Ce qui était connu le 1er avril 2023." in page.text
    assert {f"{PAGE}?year=2020&{THEN}", f"{PAGE}?year=2021", f"{PAGE}?year=2021&extraction=mars-2023&{THEN}"} <= {
        *page.hrefs()
    }
    assert '<input type="hidden" name="year" value="2021">' in page.source


async def test_before_the_second_extraction_it_is_not_offered(told: Alone) -> None:
    assert not [each for each in await hrefs(told, asOf="2022-12-31") if "mars-2023" in each]


async def test_what_a_machine_reads(told: Alone) -> None:
    behind = f"/bibliometrics/v1/publications?contract={CODE}&year=2021&perimeter=whole&extraction={SIGNED.id}"
    found = await hrefs(told, year=2021, perimeter="whole")
    assert f"/v1/contracts/{CODE}/bibliometrics?year=2021&perimeter=whole" in found
    assert {f"{behind}&measure=publications", f"{behind}&measure=publications-per-fte"} <= found


async def test_the_page_says_what_the_view_says(told: Alone) -> None:
    view = await told.read(f"/v1/contracts/{CODE}/bibliometrics", year=2021)
    page = PageText((await told.client.get(PAGE, params={"year": 2021})).text)
    for each in view["indicators"]:
        counts = [entity["count"] for entity in each["entities"] if isinstance(entity["count"], int)]
        assert all(f" {number} " in page.sheet(each["indicator"]) for number in counts)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/contrats/inconnu/bibliometrie", 404, "Le contrat « inconnu » n’est pas connu ici."),
        (f"{PAGE}?extraction=x", 404, "L’extraction « x » n’est pas connue : demandez mars-2023, mars-2022 ou"),
        (f"{PAGE}/nord", 404, "« bibliometrie » n’est pas une année."),
        (f"{PAGE}?year=hier", 422, "year : un nombre entier est attendu."),
        (f"{PAGE}?perimeter=x", 422, "perimeter : valeur inconnue ; attendu : permanent, whole."),
        (f"{PAGE}?asOf=2000-01-01", 404, "n’était pas connu à cette date"),
    ],
)
async def test_an_error_is_a_page_with_a_way_back(told: Alone, path: str, status: int, said: str) -> None:
    answer = await told.client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert said in PageText(answer.text).text
    assert "Revenir au contrat en cours" in answer.text


async def test_a_page_that_the_reader_has_is_not_sent_again(told: Alone) -> None:
    first = await told.client.get(PAGE)
    again = await told.client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "script-src" not in first.headers["Content-Security-Policy"]


async def test_nobody_reads_without_signing_in(told: Alone) -> None:
    answer = await told.client.get(PAGE, headers={"Authorization": ""})
    assert answer.status_code == 401
    assert "Site nord" not in answer.text


async def test_a_year_and_the_milestones_lead_to_it(told: Alone) -> None:
    for path in (f"/contrats/{CODE}/2021", f"/contrats/{CODE}/2021/nord", f"/contrats/{CODE}/jalons"):
        assert PAGE in PageText((await told.client.get(path)).text).hrefs()


async def test_every_address_answers(still_world: World) -> None:
    page = await read(still_world, f"{NEXT}/bibliometrie")
    assert "Aucune publication n’est encore comptée pour ce contrat" in page.text
    async with still_world.client("reader") as client:
        for address in {each.partition("#")[0] for each in page.hrefs()} - {""}:
            assert (await client.get(address)).status_code == 200, address
