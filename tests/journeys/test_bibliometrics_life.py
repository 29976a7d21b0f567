"""A corpus's life over the real contract: imported, counted, frozen, definitive, contested, frozen again, compared."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from services import embedded, loading, local
from tests.conftest import ROOT, World
from tests.services import bibliometrics_files as files
from tests.services.bibliometrics_files import MOREL, NOEL, PERRIN, employed, paper, ref

CONTRACT = "cop-2023-2027"
OWNER, HERE = "/bibliometrics/v1", f"/v1/contracts/{CONTRACT}"
ATLANTIQUE, DOUAI, SUDPARIS = "imt-atlantique", "imt-nord-europe", "telecom-sudparis"
BREST, BRETAGNE = "IMT Atlantique, Brest, France", "Lab-STICC, Télécom Bretagne, Brest, France"
MINES, EVRY = (
    "Département Chimie, Mines de Douai, Douai, France",
    "Telecom SudParis, Institut Mines-Télécom, Évry, France",
)
PARIS, SEAT = "Mines Paris, Université PSL, Paris, France", "Institut Mines-Télécom, Palaiseau, France"
CORPUS = files.scopus(
    paper(1, (PERRIN, BREST)),
    paper(2, (PERRIN, BRETAGNE), (NOEL, EVRY)),
    paper(3, (MOREL, MINES)),
    paper(4, (60, PARIS)),
    paper(5, (61, SEAT)),
    paper(6, (NOEL, EVRY), year=2024),
    paper(7, (PERRIN, BRETAGNE), year=2014),
)
STAFF = {ATLANTIQUE: PERRIN, DOUAI: MOREL, SUDPARIS: NOEL}
SIGNED = {ATLANTIQUE: 2, DOUAI: 1, SUDPARIS: 1}
"""What is signed in 2023, by hand; nothing elsewhere."""
CORRECTED = SIGNED | {DOUAI: 2}


@pytest.fixture(scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Started once, for those who only read."""
    async with founded(tmp_path_factory.mktemp("life")) as world:
        yield world


@asynccontextmanager
async def founded(folder: Path) -> AsyncIterator[World]:
    """The embedded system with the contract 2023-2027, an invented list of staff, and a few invented publications."""
    contracts = folder / "contracts"
    contracts.mkdir()
    (contracts / CONTRACT).symlink_to(ROOT / "contracts" / CONTRACT)
    settings = local.Settings(data=folder / "var", contracts=contracts)
    async with embedded.system(settings) as system:
        await embedded.load_missing(system, contracts)
        world = World(system, settings.data)
        async with world.client("steward", subject="camille") as client:
            await _define_staff(client)
            sent = {"data": {"source": "scopus", "extractedOn": "2026-05-04"}, "files": {"file": ("a.csv", CORPUS)}}
            assert (await client.post(f"{OWNER}/imports", **sent)).status_code == 200  # type: ignore[arg-type]
        yield world


async def _define_staff(client: httpx.AsyncClient) -> None:
    """Of each entity that is counted: its counts of permanent staff are none as long as one list is missing."""
    package = loading.read_package(ROOT / "contracts" / CONTRACT).body("bibliometrics")
    members = [each["code"] for each in package["entities"] if each["kind"] in {"school", "subsidiary"}]
    authors = {each: STAFF.get(each, 59000 + place) for place, each in enumerate(members)}
    staff = [employed(f"p-{each}", each, "researcher", "1", authors[each], start="2010") for each in members]
    answer = await client.put(f"{OWNER}/contracts/{CONTRACT}", json={**package, "staff": staff})
    assert answer.status_code == 200, answer.text


@pytest.fixture
async def camille(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client("steward", subject="camille") as client:
        yield client


async def read(client: httpx.AsyncClient, path: str, **asked: Any) -> Any:
    answer = await client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def freeze(client: httpx.AsyncClient, code: str) -> Any:
    body = {"contract": CONTRACT, "code": code, "label": f"Extraction {code}", "years": [2023, 2024]}
    answer = await client.post(f"{OWNER}/extractions", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def make_definitive(client: httpx.AsyncClient, extraction: Any) -> None:
    address = f"{OWNER}/extractions/{extraction['id']}/status"
    answer = await client.put(address, json={"status": "definitive"}, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text


async def contest(world: World, steward: httpx.AsyncClient) -> None:
    """Somebody of the North claims a publication of the West for the school's staff; the steward agrees."""
    claim = {"publication": ref(1), "entity": DOUAI, "perimeter": "permanent", "claim": "attributed"}
    async with world.client("contributor", entities=[DOUAI], subject="nora") as nora:
        said = await nora.post(
            f"{OWNER}/contestations", json=claim | {"contract": CONTRACT, "reason": "Double signature"}
        )
    assert said.status_code == 201, said.text
    verdict = {"status": "accepted", "answer": "Vu avec l’auteur"}
    answer = await steward.put(f"{OWNER}/contestations/{said.json()['id']}/decision", json=verdict)
    assert answer.status_code == 200, answer.text


def signing(found: Any) -> dict[str, int]:
    """The entities that sign something."""
    return {each["entity"]: each["count"] for each in found["entities"] if each["count"]}


async def viewed(world: World, client: httpx.AsyncClient, **asked: Any) -> tuple[str, dict[str, int], int]:
    """The group's view of 2023: which extraction speaks, what each entity signs, and the group's number."""
    await world.settled()
    view = await read(client, f"{HERE}/bibliometrics", year=2023, **asked)
    found = next(each for each in view["indicators"] if each["indicator"] == "publications")
    return view["extraction"]["code"], signing(found), found["group"]["count"]


async def followed(world: World, client: httpx.AsyncClient, entity: str = "") -> tuple[str | None, str]:
    """The value of 2023 that is followed, and its status: the group's, or an entity's."""
    await world.settled()
    path = f"{HERE}/entities/{entity}/follow-up" if entity else f"{HERE}/follow-up"
    indicators = (await read(client, path, year=2023))["indicators"]
    line = next(each for each in indicators if each["code"] == "publications")
    if not entity:
        return line["declared"], "provisional" if line["provisional"] else "definitive"
    stated = next(each for each in line["values"] if each["year"] == 2023)
    return stated["value"], stated["status"]


@pytest.mark.parametrize("perimeter", ["whole", "permanent"])
async def test_each_school_signs_what_a_reader_would_say(camille: httpx.AsyncClient, perimeter: str) -> None:
    found = await read(camille, f"{OWNER}/counts", year=2023, perimeter=perimeter)
    assert signing(found) == SIGNED
    assert (found["sum"], found["overlap"], found["distinct"], found["group"]["count"]) == (4, 1, 3, 3)
    pair = {"first": ATLANTIQUE, "second": SUDPARIS, "count": 1}
    assert [each for each in found["matrix"] if each["count"]] == [pair]
    former = await read(camille, f"{OWNER}/counts", year=2014, perimeter=perimeter)
    assert (signing(former), former["distinct"]) == ({ATLANTIQUE: 1}, 1)


async def test_the_seat_s_own_is_the_group_s_alone_and_mines_paris_is_nobody_s(camille: httpx.AsyncClient) -> None:
    found = await read(camille, f"{OWNER}/counts", year=2023)
    assert (found["group_only"], found["unattributed"]) == (1, 1)
    signers = [(await read(camille, f"{OWNER}/publications/{ref(number)}"))["attributions"] for number in (4, 5)]
    assert [[each["entity"] for each in one] for one in signers] == [[], ["imt"]]


async def test_what_is_frozen_is_followed_contested_and_frozen_again(tmp_path: Path) -> None:
    async with founded(tmp_path) as world, world.client("steward", subject="camille") as camille:
        await freeze_for_good(world, camille)
        await correct(world, camille)
        await tell_the_difference(camille)


async def freeze_for_good(world: World, camille: httpx.AsyncClient) -> None:
    """What nobody froze is shown and not followed; then it is, as provisional, and as definitive."""
    before = datetime.now(UTC).isoformat()
    assert await viewed(world, camille) == ("current", SIGNED, 3)
    assert (await followed(world, camille, DOUAI))[0] is None
    extraction = await freeze(camille, "2026-05")
    assert await viewed(world, camille) == ("2026-05", SIGNED, 3)
    assert await followed(world, camille) == ("3", "provisional")
    assert await followed(world, camille, DOUAI) == ("1", "provisional")
    await make_definitive(camille, extraction)
    assert await followed(world, camille) == ("3", "definitive")
    assert await followed(world, camille, DOUAI) == ("1", "definitive")
    assert await viewed(world, camille, asOf=before) == ("current", SIGNED, 3)


async def correct(world: World, camille: httpx.AsyncClient) -> None:
    """What is accepted changes the current state at once, and what is followed with the next definitive extraction."""
    await contest(world, camille)
    assert await viewed(world, camille) == ("2026-05", SIGNED, 3)
    assert await viewed(world, camille, extraction="current") == ("current", CORRECTED, 3)
    corrected = await freeze(camille, "2026-06")
    assert await followed(world, camille, DOUAI) == ("1", "definitive")
    between = datetime.now(UTC).isoformat()
    await make_definitive(camille, corrected)
    assert await followed(world, camille, DOUAI) == ("2", "definitive")
    assert await viewed(world, camille) == ("2026-06", CORRECTED, 3)
    assert await viewed(world, camille, asOf=between) == ("2026-05", SIGNED, 3)


async def tell_the_difference(camille: httpx.AsyncClient) -> None:
    compared = await read(camille, f"{OWNER}/extractions/2026-06/comparison", **{"with": "2026-05"})
    (moved,) = compared["moved"]
    assert (moved["before"]["permanent"], moved["after"]["permanent"]) == ([ATLANTIQUE], [ATLANTIQUE, DOUAI])
    assert [name for name, changes in compared.items() if isinstance(changes, list) and changes] == ["moved"]
