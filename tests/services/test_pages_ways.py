"""The ways between the pages: schools, years, contracts, machines, and another day; and how French is set on them."""

import re
from datetime import UTC, datetime

import pytest

from tests.conftest import COP, World

from .page_text import PageText, read

OLD_PAGE = f"/contrats/{COP}/2022"
SCHOOLS = [
    "imt-atlantique", "imt-nord-europe", "imt-mines-albi", "imt-mines-ales", "mines-saint-etienne", "telecom-paris",
    "telecom-sudparis", "imt-bs", "eurecom",
]  # fmt: skip


@pytest.fixture(scope="module")
async def old(still_world: World) -> PageText:
    return await read(still_world, OLD_PAGE)


async def test_a_school_has_a_page_of_the_same_kind(still_world: World) -> None:
    page = await read(still_world, f"{OLD_PAGE}/telecom-paris")
    assert "Télécom Paris : suivi 2022" in page.text
    assert "1 637 2017 1 746 +109 +6,7 % ≥ 2 109 −363 −17,2 % Non atteint 2 109 (29 %)" in page.line("students")
    assert "Ensemble des entités" not in page.text
    assert f"/v1/contracts/{COP}/entities/telecom-paris/follow-up?year=2022" in page.hrefs()


async def test_the_groups_address_as_an_entity_is_the_groups_page(still_world: World, old: PageText) -> None:
    assert await read(still_world, f"{OLD_PAGE}/imt") == old


def test_the_ways_to_the_other_pages(old: PageText) -> None:
    years = [f"/contrats/{COP}/{year}" for year in range(2017, 2023)]
    schools = [f"{OLD_PAGE}/{school}" for school in SCHOOLS]
    machines = [f"/v1/contracts/{COP}/follow-up?year=2022", f"/v1/contracts/{COP}", "/docs"]
    assert {*years, *schools, *machines, "/contrats/cop-2023-2027"} <= set(old.hrefs())


async def test_every_address_of_the_page_answers(still_world: World, old: PageText) -> None:
    async with still_world.client("reader") as client:
        for address in {each.partition("#")[0] for each in old.hrefs()} - {""}:
            assert (await client.get(address)).status_code == 200, address


def test_french_typography(old: PageText) -> None:
    assert "13\u202f606" in old.exact
    assert "−4,7\u00a0%" in old.exact
    assert "+0,7\u00a0pt" in old.exact
    assert "«\u00a0" in old.exact
    assert not re.search(r"\d [%€]|« | [:;?!»]", old.exact)


async def test_what_was_known_then_says_so_and_keeps_saying_it(world: World) -> None:
    now = datetime.now(UTC)
    world.system.gateway.state.clock = lambda: now.replace(year=now.year + 1)
    day = now.date().isoformat()
    page = await read(world, f"{OLD_PAGE}?asOf={day}")
    assert f"Ce qui était connu le {now.day if now.day > 1 else '1er'} " in page.text
    assert OLD_PAGE in page.hrefs()
    assert f"{OLD_PAGE}/eurecom?asOf={day}T23%3A59%3A59.999999Z" in page.hrefs()
    assert f"/v1/contracts/{COP}/follow-up?year=2022&asOf={day}T23%3A59%3A59.999999Z" in page.hrefs()
    assert "13 606" in page.sheet("students")
