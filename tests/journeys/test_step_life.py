"""A step's life over HTTP, in one process and deployed: stated, postponed, proven, and at once in the group's view."""

import statistics
from collections.abc import AsyncIterator, Awaitable
from time import monotonic
from typing import Any

import httpx
import pytest

from services import embedded
from tests.conftest import World, settings_in
from tests.kafka import Broker
from tests.town import founded
from tests.waiting import eventually

from .scenes import CONTRACT, Deployed, Embedded, Scene, grid, lines_of, step_of, steps_of

MINUTES = {"reference": "Procès-verbal du conseil d’administration", "address": "https://exemple.fr/pv-12"}
LINES = {"J1": 1, "J2": 1, "J3": 2, "J4": 2, "J5": 1, "J6": 1, "J7": 1, "J8": 1, "J9": 2, "J10": 2, "J11": 3, "J12": 5}
SCHOOLS = 9  # eight schools, and EURECOM
# A date that no reader of these tests will see pass: whatever the day, the step is not late.
FIRST_DATE, SECOND_DATE = "T2 2150", "T4 2151"


@pytest.fixture(scope="module", params=["embedded", "deployed"])
async def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    folder = tmp_path_factory.mktemp("life")
    if request.param == "embedded":
        settings = settings_in(folder / "var")
        async with embedded.system(settings) as system:
            await embedded.load_missing(system, settings.contracts)
            yield Embedded(World(system, settings.data))
        return
    kafka: Broker = request.getfixturevalue("kafka")
    if not kafka.is_real:
        pytest.skip("the mock cluster can't be asked to make a topic")
    async with founded(folder, request.getfixturevalue("postgresql"), kafka) as town:
        yield Deployed(town)


@pytest.fixture
async def reader(scene: Scene) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who looks at the group's view; everything that was loaded is in it."""
    async with scene.as_("rémi", "reader") as client:

        async def whole() -> bool:
            answer = await client.get(f"/v1/contracts/{CONTRACT}/milestones")
            return answer.status_code == 200 and len(steps_of(answer.json())) == 112

        await eventually(whole)
        yield client


async def address(client: httpx.AsyncClient, code: str, year: int) -> str:
    asked: dict[str, str | int] = {"contract": CONTRACT, "code": code, "year": year}
    (found,) = (await client.get("/milestones/v1/steps", params=asked)).json()["items"]
    return f"/milestones/v1/steps/{found['id']}"


async def state(client: httpx.AsyncClient, place: str, **stated: Any) -> httpx.Response:
    """Read, then state what follows."""
    tag = (await client.get(place)).headers["ETag"]
    return await client.put(place, json=stated, headers={"If-Match": tag} if tag != '"0"' else {})


async def shown(client: httpx.AsyncClient, code: str, year: int, **said: Any) -> Any:
    """The group's view, once it says this of a step; `date` are the words of its date."""

    async def found() -> Any:
        view = await grid(client)
        step = step_of(view, code, year)
        return view if said.items() <= {**_plain(step), "date": step["due"]["text"]}.items() else None

    return await eventually(found)


def _plain(step: Any) -> dict[str, Any]:
    return {name: value for name, value in step.items() if not isinstance(value, dict | list)}


async def seconds(step: Awaitable[Any]) -> float:
    began = monotonic()
    await step
    return monotonic() - began


async def test_the_whole_contract_is_in_the_grid(reader: httpx.AsyncClient) -> None:
    view = await grid(reader)
    assert {each["code"]: len(each["lines"]) for each in view["milestones"]} == LINES
    assert (len(view["milestones"]), len(lines_of(view)), len(steps_of(view))) == (12, 22, 112)
    assert sum(view["summary"].values()) == view["integrity"]["signed"] == 112
    assert view["years"] == [2023, 2024, 2025, 2026, 2027]


async def test_a_step_is_started_postponed_proven_and_its_story_is_told(
    scene: Scene, reader: httpx.AsyncClient
) -> None:
    place = f"{await address(reader, 'J4.1-1', 2024)}/progress/imt"
    before = await grid(reader)
    async with scene.as_("camille", "steward") as camille, scene.as_("damien", "steward") as damien:
        assert (await state(camille, place, state="in_progress", note="Réunion de lancement")).status_code == 201
        view = await shown(reader, "J4.1-1", 2024, state="in_progress")
        assert step_of(view, "J4.1-1", 2024)["note"] == "Réunion de lancement"

        for who, date, reason in ((camille, FIRST_DATE, "Marché infructueux"), (damien, SECOND_DATE, "Recours")):
            assert (await state(who, place, state="postponed", due=date, reason=reason)).status_code == 200
            view = await shown(reader, "J4.1-1", 2024, date=date)
        assert view["summary"]["postponed"] == before["summary"]["postponed"] + 1
        assert step_of(view, "J4.1-1", 2024)["due_signed"]["text"] == "T1/2024"

        refused = await state(camille, place, state="done")
        assert refused.status_code == 422
        sentence = "une étape réalisée se prouve : joignez la référence ou l’adresse d’un document"
        assert refused.json()["detail"].replace("\u00a0", " ").replace("\u202f", " ") == sentence

        assert (await state(camille, place, state="done", evidence=[MINUTES])).status_code == 200
        view = await shown(reader, "J4.1-1", 2024, situation="done")
        assert step_of(view, "J4.1-1", 2024)["evidence"] == [MINUTES | {"file": None, "sha256": None}]
        assert view["summary"]["done"] == before["summary"]["done"] + 1
        assert view["summary"]["postponed"] == before["summary"]["postponed"]

    history = (await reader.get(f"{place}/history")).json()
    told = [
        (each["state"], each["due"] and each["due"]["text"], each["reason"], each["recorded_by"])
        for each in sorted(history, key=lambda each: each["version"])
    ]
    assert told == [
        ("in_progress", None, None, "camille"),
        ("postponed", FIRST_DATE, "Marché infructueux", "camille"),
        ("postponed", SECOND_DATE, "Recours", "damien"),
        ("done", SECOND_DATE, None, "camille"),
    ]


async def test_the_integrity_tells_every_change_with_its_dates_reasons_and_authors(
    scene: Scene, reader: httpx.AsyncClient
) -> None:
    step = await address(reader, "J5.1-1", 2024)
    before = (await grid(reader))["integrity"]
    title = step_of(await grid(reader), "J5.1-1", 2024)["title"]
    async with scene.as_("damien", "steward") as damien:
        for date, reason in ((FIRST_DATE, "Marché infructueux"), (SECOND_DATE, "Recours")):
            said = await state(damien, f"{step}/progress/imt", state="postponed", due=date, reason=reason)
            assert said.status_code in {200, 201}
        held = (await damien.get(step)).headers["ETag"]
        revised = {"title": "Autres mots", "source": "Avenant", "reason": "Avenant signé"}
        assert (await damien.put(step, json=revised, headers={"If-Match": held})).status_code == 200
    view = await shown(reader, "J5.1-1", 2024, title="Autres mots", moved=True)
    changes = [each for each in view["integrity"]["changes"] if each["code"] == "J5.1-1"]
    assert [(each["kind"], each["before"], each["after"], each["reason"], each["by"]) for each in changes] == [
        ("moved", "2024", FIRST_DATE, "Marché infructueux", "damien"),
        ("moved", FIRST_DATE, SECOND_DATE, "Recours", "damien"),
        ("reworded", title, "Autres mots", "Avenant signé", "damien"),
    ]
    assert [each["at"] for each in changes] == sorted(each["at"] for each in changes)
    after = view["integrity"]
    assert [after[name] - before[name] for name in ("signed", "kept", "moved", "reworded")] == [0, -1, 1, 1]


async def test_a_school_states_its_part_of_a_shared_step_and_no_other_s(
    scene: Scene, reader: httpx.AsyncClient
) -> None:
    step = await address(reader, "M1.3-2", 2024)
    async with scene.as_("estelle", "contributor", ["telecom-paris"]) as estelle:
        mine = await state(estelle, f"{step}/progress/telecom-paris", state="done", evidence=[MINUTES])
        others = await state(estelle, f"{step}/progress/eurecom", state="done", evidence=[MINUTES])
        group = await estelle.put(f"{step}/progress/imt", json={"state": "done", "evidence": [MINUTES]})
    assert (mine.status_code, others.status_code, group.status_code) == (201, 403, 404)
    view = await shown(reader, "M1.3-2", 2024, state="partly_done")
    parts = {each["entity"]: each["state"] for each in step_of(view, "M1.3-2", 2024)["by_entity"]}
    assert (len(parts), parts["telecom-paris"], parts["eurecom"]) == (SCHOOLS, "done", "planned")
    assert step_of(view, "M1.3-2", 2024)["share"] == "0.1111"
    (missing,) = [each for each in view["missing"] if each["code"] == "M1.3-2"]
    assert {each["entity"] for each in missing["entities"]} == parts.keys() - {"telecom-paris"}
    part = step_of(await grid(reader, "telecom-paris"), "M1.3-2", 2024)
    assert (part["state"], part["recorded_by"]) == ("done", "estelle")


async def test_what_is_stated_is_in_the_group_view_within_a_second(
    scene: Scene, reader: httpx.AsyncClient, notes: list[str]
) -> None:
    place, delays = f"{await address(reader, 'J6.1-1', 2023)}/progress/imt", []
    async with scene.as_("camille", "steward") as camille:
        for note in [f"Point {number}" for number in range(15)]:
            said = await state(camille, place, state="in_progress", note=note, reason="Point d’étape")
            assert said.status_code in {200, 201}
            delays.append(await seconds(shown(reader, "J6.1-1", 2023, note=note)))
    notes.append(
        f"From an accepted statement of progress to the group's view: median {statistics.median(delays) * 1000:.0f} ms,"
        f" longest {max(delays) * 1000:.0f} ms, of {len(delays)} ({scene.name})"
    )
    assert statistics.median(delays) < 1
