"""The ways to the milestones and from them: years, schools, sheets, machines; and how their pages answer."""

from datetime import UTC, datetime

import pytest

from tests.conftest import COP, World

from .page_text import PageText, read

NEXT = "cop-2023-2027"
PAGE, YEAR = f"/contrats/{NEXT}/jalons", f"/contrats/{NEXT}/2024"
SCHOOL = f"{PAGE}/telecom-paris"
ON = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
async def dated(still_world: World) -> World:
    still_world.system.gateway.state.clock = lambda: ON
    return still_world


@pytest.fixture(scope="module")
async def year(dated: World) -> PageText:
    return await read(dated, YEAR)


def test_a_year_tells_its_milestones_by_objective(year: PageText) -> None:
    said = year.section("jalons")
    assert "Jalons 2024 Les étapes prévues en 2024, jalon par jalon" in said
    assert "Développer et mettre en réseau une offre de formation professionnelle" in said
    assert year.agenda("J11").startswith("J11 Attractivité et notoriété 0 0 4 0 0 0 0 en retard : Lancement baromètre")
    assert "Réalisation du baromètre et 1ère consultation Fin 2024" in year.agenda("J11")
    assert {PAGE, f"{PAGE}#J11", f"{PAGE}#J11.3-2-2024"} <= set(year.hrefs())


def test_a_sheet_names_the_milestones_that_serve_it(year: PageText) -> None:
    assert "objectif M1 · jalons J2 , J3" in year.sheet("students")
    assert "objectif M2 · jalon J4" in year.sheet("continuing-education-own-resources")


async def test_the_places_that_a_year_leads_to_are_there(dated: World, year: PageText) -> None:
    target = await read(dated, PAGE)
    places = {each.partition("#")[2] for each in year.hrefs() if each.startswith(f"{PAGE}#")}
    assert len(places) > 40
    assert all(f'id="{place}"' in target.source for place in places)


async def test_the_sheets_that_the_milestones_lead_to_are_there(dated: World) -> None:
    page, sheets = await read(dated, SCHOOL), await read(dated, f"/contrats/{NEXT}/2023/telecom-paris")
    places = {each.partition("#")[2] for each in page.hrefs() if each.startswith(f"/contrats/{NEXT}/2023/telecom")}
    assert "students" in places
    assert all(f'id="{place}"' in sheets.source for place in places - {""})


async def test_a_school_s_year_leads_to_its_own_milestones(dated: World) -> None:
    page = await read(dated, f"{YEAR}/telecom-paris")
    assert f"{SCHOOL}#M1.3-2-2024" in page.hrefs()
    assert "J12" not in page.section("jalons")


async def test_a_year_without_steps_says_so(dated: World) -> None:
    page = await read(dated, f"/contrats/{NEXT}/2022")
    assert page.section("jalons") == (
        "Jalons 2022 Aucune étape du contrat n’est prévue en 2022. Tous les jalons, année par année"
    )


@pytest.mark.parametrize(
    ("path", "own", "entity"), [(PAGE, "", ""), (SCHOOL, "/entities/telecom-paris", "telecom-paris")]
)
async def test_what_a_machine_reads(dated: World, path: str, own: str, entity: str) -> None:
    files = f"/milestones/v1/contracts/{NEXT}"
    calendar = f"{files}/calendar.ics" + (f"?entity={entity}" if entity else "")
    table = f"{files}/progress.csv?dialect=excel" + (f"&entity={entity}" if entity else "")
    expected = {f"/v1/contracts/{NEXT}{own}/milestones", calendar, table, "/milestones/docs"}
    assert expected <= set((await read(dated, path)).hrefs())


@pytest.mark.parametrize("path", [PAGE, SCHOOL, f"/contrats/{COP}/jalons", YEAR])
async def test_every_address_answers(dated: World, path: str) -> None:
    page = await read(dated, path)
    async with dated.client("reader") as client:
        for address in {each.partition("#")[0] for each in page.hrefs()} - {""}:
            assert (await client.get(address)).status_code == 200, address


async def test_the_group_s_address_as_an_entity_is_the_group_s_page(dated: World) -> None:
    assert await read(dated, f"{PAGE}/imt") == await read(dated, PAGE)


async def test_what_was_known_then_says_so_and_keeps_saying_it(world: World) -> None:
    now = datetime.now(UTC)
    world.system.gateway.state.clock = lambda: now.replace(year=now.year + 1, day=1)
    day = now.date().isoformat()
    page = await read(world, f"{PAGE}?asOf={day}")
    assert "Ce qui était connu le " in page.text
    kept = f"?asOf={day}T23%3A59%3A59.999999Z"
    assert {PAGE, f"{SCHOOL}{kept}", f"{YEAR}{kept}", f"/v1/contracts/{NEXT}/milestones{kept}"} <= set(page.hrefs())
    assert f"{PAGE}{kept}#J1" in (await read(world, f"{YEAR}?asOf={day}")).hrefs()


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/contrats/inconnu/jalons", 404, "Le contrat « inconnu » n’est pas connu ici."),
        (f"{PAGE}/polytechnique", 404, "L’entité « polytechnique » n’est pas dans ce contrat."),
        (f"{SCHOOL}/encore", 404, "Aucune page n’est à cette adresse."),
        (f"{PAGE}?asOf=2000-01-01", 404, "n’était pas connu à cette date"),
        (f"{PAGE}?asOf=hier", 422, "asOf : un instant ISO 8601 est attendu"),
        (f"{PAGE}/<script>", 404, "« <script> »"),
    ],
)
async def test_an_error_is_a_page_with_a_way_back(dated: World, path: str, status: int, said: str) -> None:
    async with dated.client("reader") as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert said in PageText(answer.text).text
    assert "<script" not in answer.text


@pytest.mark.parametrize("path", [PAGE, SCHOOL])
async def test_a_page_that_the_reader_has_is_not_sent_again(dated: World, path: str) -> None:
    async with dated.client("reader") as client:
        first, head = await client.get(path), await client.head(path)
        again = await client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, head.status_code) == (304, b"", 200)
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "private, no-cache"
    assert "script-src" not in first.headers["Content-Security-Policy"]


async def test_nobody_reads_without_signing_in(dated: World) -> None:
    async with dated.client() as client:
        answer = await client.get(PAGE)
    assert answer.status_code == 401
    assert "Formation continue" not in answer.text
