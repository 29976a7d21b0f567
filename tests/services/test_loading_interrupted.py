"""Loading that stops between its two owners: what is written stays whole, and a second load completes it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services import embedded, local
from services.embedded import System
from services.loading import apply, apply_missing, read_package
from shared.serving import RefusedError

from .small_package import NOTHING, WHOLE, counters, kept, load, small_package


@pytest.fixture
async def system(tmp_path: Path) -> AsyncIterator[System]:
    """The embedded system, without a contract."""
    async with embedded.system(local.Settings(data=tmp_path / "var", contracts=tmp_path)) as running:
        yield running


@pytest.fixture
async def client(system: System) -> AsyncIterator[httpx.AsyncClient]:
    async with system.client(role="steward") as caller:
        yield caller


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_package(tmp_path)


class Cut(httpx.AsyncBaseTransport):
    """The system, until somebody writes to one owner; there the line is cut, or that owner answers this instead."""

    def __init__(self, behind: System, owner: str, answer: httpx.Response | None = None) -> None:
        self._behind = httpx.ASGITransport(behind.app)
        self._owner, self._answer = f"/{owner}/", answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not (request.url.path.startswith(self._owner) and request.url.params.get("dryRun") == "false"):
            return await self._behind.handle_async_request(request)
        if self._answer is None:
            raise httpx.ConnectError("coupé")
        return self._answer


def cut(system: System, owner: str, answer: httpx.Response | None = None) -> httpx.AsyncClient:
    token = system.issuer.token(subject="test", roles=["steward"], days=1)
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.AsyncClient(transport=Cut(system, owner, answer), base_url="http://cut.test", headers=headers)


async def test_a_second_load_completes_one_that_was_cut_between_the_owners(
    system: System, client: httpx.AsyncClient, folder: Path
) -> None:
    package = read_package(folder)
    async with cut(system, "milestones") as interrupted:
        with pytest.raises(RefusedError, match="ne répond pas"):
            await apply(interrupted, package, dry_run=False)
    assert await kept(system) == NOTHING | {"indicators": 4}
    assert counters(await load(client, package)) == (8, 0, 8, 0, 0)
    assert (await kept(system), await apply_missing(client, package)) == (WHOLE, None)


async def test_a_start_leaves_what_an_owner_holds_where_another_one_knows_nothing(
    system: System, client: httpx.AsyncClient, folder: Path
) -> None:
    package = read_package(folder)
    body = package.body("indicators")
    revised = body | {"contract": [body["contract"][0] | {"label": "Contrat revu"}]}
    path = f"/indicators/v1/contracts/{package.code}"
    assert (await client.put(path, json=revised)).status_code == 200
    await embedded.load_missing(system, folder.parent)
    held = (await client.get(path)).json()
    assert (held["version"], held["definition"]["contract"][0]["label"]) == (1, "Contrat revu")
    assert (await client.get(f"/milestones/v1/contracts/{package.code}")).status_code == 200


async def test_a_start_completes_a_load_that_was_cut_between_the_owners(system: System, folder: Path) -> None:
    async with cut(system, "milestones") as interrupted:
        with pytest.raises(RefusedError):
            await apply(interrupted, read_package(folder), dry_run=False)
    assert await embedded.load_missing(system, folder.parent) == ["steps"]
    assert await kept(system) == WHOLE


async def test_nothing_is_written_where_the_first_owner_is_cut(system: System, folder: Path) -> None:
    async with cut(system, "indicators") as interrupted:
        with pytest.raises(RefusedError):
            await apply(interrupted, read_package(folder), dry_run=False)
    assert await kept(system) == NOTHING


async def test_an_owner_that_refuses_what_it_took_at_the_trial_is_named(system: System, folder: Path) -> None:
    error = {"table": "steps", "row": 0, "column": "due", "code": "form", "message": "cette date a changé"}
    plan: dict[str, object] = {"tables": {}, "changes": [], "notices": []}
    async with cut(system, "milestones", httpx.Response(422, json={"plan": plan, "errors": [error]})) as changing:
        with pytest.raises(RefusedError) as refused:
            await apply(changing, read_package(folder), dry_run=False)
    assert str(refused.value) == (
        "« milestones » refuse à présent ce qu’il acceptait à l’essai : cette date a changé ; recommencez"
    )


async def test_an_owner_that_does_not_say_whether_it_holds_the_contract_is_no_answer(folder: Path) -> None:
    silent = httpx.MockTransport(lambda _: httpx.Response(502, json={"detail": "Le service est injoignable."}))
    async with httpx.AsyncClient(transport=silent, base_url="http://silent.test") as client:
        with pytest.raises(RefusedError, match="502 : Le service est injoignable"):
            await apply_missing(client, read_package(folder))
