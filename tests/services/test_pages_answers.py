"""How pages answer: errors in French with a way back, headers, conditional requests, hostile text, whoever may read."""

import re
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, update

from services import embedded
from services.gateway.tables import ContractRow, ObservationRow
from shared.identity import COOKIE
from tests.conftest import COP, World, settings_in

from .page_text import PageText, read

PAGE = f"/contrats/{COP}/2022"
HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=y>"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


async def get(world: World, path: str, *roles: str, method: str = "GET", **headers: str) -> httpx.Response:
    async with world.client(*roles) as client:
        return await client.request(method, path, headers=headers)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/contrats", 404, "Aucune page n’est à cette adresse."),
        ("/contrats/inconnu", 404, "Le contrat «\u00a0inconnu\u00a0» n’est pas connu ici."),
        (f"/contrats/{COP}/1999", 404, "L’année 1999 est hors du contrat"),
        (f"/contrats/{COP}/٢٠٢٢", 404, "n’est pas une année"),
        (f"/contrats/{COP}/20222", 404, "«\u00a020222\u00a0» n’est pas une année."),
        (f"{PAGE}/polytechnique", 404, "L’entité «\u00a0polytechnique\u00a0» n’est pas dans ce contrat."),
        (f"{PAGE}/imt/encore", 404, "Aucune page n’est à cette adresse."),
        (f"{PAGE}?asOf=2000-01-01", 404, "n’était pas connu à cette date"),
        (f"{PAGE}?asOf=hier", 422, "asOf\u00a0: un instant ISO 8601 est attendu"),
        (f"{PAGE}?asOf=2999-01-01", 422, "cet instant n’est pas encore passé"),
        (f"/contrats/{'x' * 65}", 422, "texte trop long"),
    ],
)
async def test_an_error_is_a_page_with_a_way_back(still_world: World, path: str, status: int, said: str) -> None:
    answer = await get(still_world, path, "reader")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert said in PageText(answer.text).exact
    assert '<a href="/">Revenir au contrat en cours</a>' in answer.text
    assert answer.headers["Content-Security-Policy"] == POLICY


async def test_what_is_no_page_stays_a_problem(still_world: World) -> None:
    answer = await get(still_world, "/v1/contracts/inconnu/follow-up", "reader")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/", PAGE, f"{PAGE}/eurecom", "/contrats/inconnu"])
async def test_every_page_carries_these_headers(still_world: World, path: str) -> None:
    headers = (await get(still_world, path, "reader")).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Vary"] == "Authorization, Cookie"


@pytest.mark.parametrize("path", ["/", PAGE])
async def test_a_page_has_a_head(still_world: World, path: str) -> None:
    assert (await get(still_world, path, "reader", method="HEAD")).status_code == 200


async def test_a_page_that_the_reader_has_is_not_sent_again(still_world: World) -> None:
    first = await get(still_world, PAGE, "reader")
    again = await get(still_world, PAGE, "reader", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


async def test_a_page_of_another_day_is_sent_again(world: World) -> None:
    world.system.gateway.state.clock = lambda: datetime(2026, 11, 22, tzinfo=UTC)
    first = await get(world, PAGE, "reader")
    world.system.gateway.state.clock = lambda: datetime(2026, 11, 23, tzinfo=UTC)
    again = await get(world, PAGE, "reader", **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "Jugé le 23\u00a0novembre 2026" in PageText(again.text).exact


async def test_the_style_sheet_is_kept_for_ever_under_its_own_version(still_world: World) -> None:
    page = await read(still_world, PAGE)
    (address,) = [each for each in page.hrefs() if each.endswith(".css")]
    answer = await get(still_world, address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (await get(still_world, address.replace("cadran.css", "autre.css"))).status_code == 404
    assert (await get(still_world, re.sub(r"[0-9a-f]{12}", "0" * 12, address))).status_code == 404


async def test_nothing_comes_from_elsewhere_and_nothing_runs(still_world: World) -> None:
    page = await read(still_world, PAGE)
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page.source)
    assert not re.findall(r"<script|<style| style=| on\w+=|javascript:", page.source)


async def test_hostile_text_is_only_text(world: World) -> None:
    label = func.replace(ContractRow.definition, "Nombre d’étudiants", "<script>alert(1)</script>")
    async with world.system.gateway.state.database.transaction() as session:
        await session.execute(update(ContractRow).values(definition=label))
        await session.execute(update(ObservationRow).values(note=HOSTILE, source=HOSTILE))
    page = await read(world, PAGE)
    assert "<script" not in page.source
    assert "<img src=x" not in page.source
    assert "<script>alert(1)</script>" in page.sheet("students")
    assert HOSTILE in page.sheet("h-index")


@pytest.mark.parametrize("path", ["/contrats/<script>", f"{PAGE}/<script>", f"{PAGE}?asOf=<script>"])
async def test_a_hostile_address_is_only_text(still_world: World, path: str) -> None:
    answer = await get(still_world, path, "reader")
    assert answer.status_code in {404, 422}
    assert "<script" not in answer.text


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/eurecom", "/contrats/inconnu"])
async def test_nobody_reads_without_signing_in(still_world: World, path: str) -> None:
    answer = await get(still_world, path)
    assert answer.status_code == 401
    assert "Pour lire, ouvrez le lien" in PageText(answer.text).text
    assert "13\u202f606" not in answer.text


async def test_a_role_without_the_right_reads_nothing(still_world: World) -> None:
    answer = await get(still_world, PAGE, "inconnu")
    assert answer.status_code == 401
    assert "n’est pas valable ici" in PageText(answer.text).text


async def test_without_a_contract_the_first_page_says_how_to_load_one(tmp_path: Path) -> None:
    async with embedded.system(settings_in(tmp_path)) as system:
        page = await read(World(system, tmp_path), "/")
    assert "Aucun contrat n’est encore chargé" in page.text
    assert "cadran load contracts/cop-2018-2022" in page.text


async def test_the_cookie_reads_pages(still_world: World) -> None:
    token = still_world.system.issuer.token(subject="test", roles=["reader"], days=1)
    transport = httpx.ASGITransport(still_world.system.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://c.test", cookies={COOKIE: token}) as client:
        assert (await client.get(PAGE)).status_code == 200
