"""Loading a package again, once somebody has written or a row has gone: what people said stays, with its history."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services import embedded, local
from services.loading import read_package

from .small_package import change, counters, load, small_package, steps

GUICHET = "J1.1,J1.1-2,2025,,Guichet ouvert,fin 2025,false,false,schools,,Contrat,\n"
STATED = "J1.1-2,2025,nord,in_progress,,,,,,,,,,,\n"


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A steward of an instance that loaded the small contract."""
    settings = local.Settings(data=tmp_path / "var", contracts=tmp_path)
    async with embedded.system(settings) as system, system.client() as caller:
        await load(caller, read_package(small_package(tmp_path / "first")))
        yield caller


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_package(tmp_path)


async def step(client: httpx.AsyncClient, code: str, **asked: Any) -> dict[str, Any]:
    answer = await client.get("/milestones/v1/steps", params={"contract": "steps", "code": code, **asked})
    (item,) = answer.json()["items"]
    found: dict[str, Any] = item
    return found


async def state(client: httpx.AsyncClient, code: str, entity: str) -> dict[str, Any]:
    answer = await client.get(f"/milestones/v1/steps/{(await step(client, code))['id']}/progress/{entity}")
    found: dict[str, Any] = answer.json()
    return found


async def test_a_load_never_takes_away_what_was_stated(client: httpx.AsyncClient, folder: Path) -> None:
    change(folder / "progress.csv", STATED, "")
    assert counters(await load(client, read_package(folder))) == (0, 0, 15, 0, 0)
    assert (await state(client, "J1.1-2", "nord"))["state"] == "in_progress"


async def test_a_step_that_is_left_out_is_withdrawn_and_its_history_kept(
    client: httpx.AsyncClient, folder: Path
) -> None:
    id_ = (await step(client, "J1.1-2"))["id"]
    change(folder / "steps.csv", GUICHET, "")
    change(folder / "progress.csv", STATED, "")
    assert counters(await load(client, read_package(folder))) == (0, 0, 14, 1, 0)
    assert "J1.1-2 2025" not in await steps(client)
    history = (await client.get(f"/milestones/v1/steps/{id_}/history")).json()
    assert [(each["version"], each["withdrawn"]) for each in history] == [(1, False), (2, True)]
    stated = (await client.get(f"/milestones/v1/steps/{id_}/progress/nord/history")).json()
    assert [each["state"] for each in stated] == ["in_progress"]


async def test_a_step_that_comes_back_is_the_same_step(client: httpx.AsyncClient, folder: Path, tmp_path: Path) -> None:
    id_ = (await step(client, "J1.1-2"))["id"]
    change(folder / "steps.csv", GUICHET, "")
    change(folder / "progress.csv", STATED, "")
    await load(client, read_package(folder))
    await load(client, read_package(tmp_path / "first" / "steps"))
    found = await step(client, "J1.1-2")
    assert (found["id"], found["version"], found["withdrawn"], found["signed"]) == (id_, 3, False, True)


async def test_what_somebody_said_since_stays(client: httpx.AsyncClient, folder: Path) -> None:
    known = await step(client, "J1.1-2")
    done = {"state": "done", "evidence": [{"reference": "Procès-verbal d’ouverture"}]}
    revised = {"title": "Guichet ouvert", "source": "Avenant 1", "due": "mi-2026", "scope": "schools", "reason": "Avis"}
    address = f"/milestones/v1/steps/{known['id']}"
    for path, body in ((f"{address}/progress/nord", done), (address, revised)):
        answer = await client.put(path, json=body, headers={"If-Match": '"1"'})
        assert answer.status_code == 200, answer.text
    assert counters(await load(client, read_package(folder))) == (0, 0, 16, 0, 0)
    assert (await state(client, "J1.1-2", "nord"))["state"] == "done"
    assert (await step(client, "J1.1-2"))["due"]["text"] == "mi-2026"


async def test_a_step_that_somebody_added_is_not_the_package_s_to_withdraw(
    client: httpx.AsyncClient, folder: Path
) -> None:
    added = {"line": "J1.1", "code": "J1.1-4", "year": 2026, "title": "Bilan", "source": "Avenant 1", "reason": "Avis"}
    answer = await client.post("/milestones/v1/contracts/steps/steps", json=added)
    assert answer.status_code == 201, answer.text
    assert counters(await load(client, read_package(folder))) == (0, 0, 16, 0, 0)
    assert (await step(client, "J1.1-4"))["signed"] is False


async def test_a_step_with_other_words_is_another_version_with_the_package_as_its_reason(
    client: httpx.AsyncClient, folder: Path
) -> None:
    change(folder / "steps.csv", "T2 2024", "T3 2024")
    report = await load(client, read_package(folder))
    assert counters(report) == (0, 1, 15, 0, 0)
    (told,) = report.plan["changes"]
    assert (told["before"], told["after"]) == ("Cahier des charges (T2 2024)", "Cahier des charges (T3 2024)")
    found = await step(client, "J1.1-1")
    assert (found["version"], found["reason"]) == (2, "Chargement du paquet steps")
