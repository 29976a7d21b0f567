"""The services apart, as deployed: real processes on PostgreSQL and Kafka, and one door to them all."""

import signal
import statistics
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

import httpx
import pytest

from services import apart as cadran
from tests.conftest import COP
from tests.deployment import Service
from tests.kafka import Broker
from tests.postgresql import Server
from tests.processes import free_port
from tests.town import FOLLOW_UP, Town, founded, students
from tests.waiting import eventually

MILESTONES = f"/v1/contracts/{COP}/milestones"


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory, postgresql: Server, kafka: Broker) -> AsyncIterator[Town]:
    if not kafka.is_real:
        pytest.skip("the mock cluster can't be asked to make a topic")
    async with founded(tmp_path_factory.mktemp("town"), postgresql, kafka) as town:
        yield town


@pytest.fixture(scope="module")
async def cut_off(town: Town) -> AsyncIterator[Service]:
    """A gateway on the same database that reaches neither the broker nor the owners, and ends in order all the same."""
    nowhere = f"127.0.0.1:{free_port()}"
    service = town.deployment.service(
        "gateway",
        town.gateway.env["CADRAN_DATABASE_URL"],
        CADRAN_KAFKA__SERVERS=nowhere,
        **dict.fromkeys(town.addresses, f"http://{nowhere}"),
    )
    async with service.serving():
        yield service


async def test_a_contract_loaded_through_the_door_is_followed(town: Town) -> None:
    assert all("C’est enregistré." in said for said in town.loading)
    await eventually(lambda: town.shows("13606"))
    follow_up = (await town.client.get(FOLLOW_UP)).json()
    assert (follow_up["contract"], follow_up["year"], follow_up["entity"]) == (COP, 2022, "imt")
    assert len(follow_up["indicators"]) == 14


async def test_nothing_was_parked(town: Town) -> None:
    assert (await town.client.get("/v1/parked-events")).json() == {"items": [], "next": None}


async def test_a_correction_is_in_the_group_view_within_a_second(town: Town, notes: list[str]) -> None:
    await eventually(town.shown)
    delays = []
    for value in [str(20000 + step) for step in range(15)]:
        await town.correct(value)
        answered = monotonic()
        await eventually(lambda value=value: town.shows(value))  # type: ignore[misc]
        delays.append(monotonic() - answered)
    notes.append(
        f"From an accepted correction to the group's view: median {statistics.median(delays) * 1000:.0f} ms,"
        f" longest {max(delays) * 1000:.0f} ms, of {len(delays)} (services apart, PostgreSQL and Kafka)"
    )
    assert statistics.median(delays) < 1


async def test_a_correction_keeps_its_history(town: Town) -> None:
    before, _ = await town.observation()
    corrected = await town.correct("13700")
    assert corrected["version"] == before["version"] + 1
    history = (await town.client.get(f"/indicators/v1/observations/{corrected['id']}/history")).json()
    last = [(each["version"], each["value"], each["reason"]) for each in history if each["version"] > 1]
    assert (corrected["version"], "13700", "Erreur de saisie") in last
    (first,) = [each for each in history if each["version"] == 1]
    assert (first["value"], first["recorded_by"]) == ("13606", "agnès")


async def test_a_view_is_not_sent_again_until_something_was_read(town: Town) -> None:
    await town.correct("13800")
    await eventually(lambda: town.shows("13800"))
    etag = (await town.client.get(FOLLOW_UP)).headers["ETag"]
    unchanged = await town.client.get(FOLLOW_UP, headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")

    async def changed() -> httpx.Response | None:
        answer = await town.client.get(FOLLOW_UP, headers={"If-None-Match": etag})
        return answer if answer.status_code == 200 else None

    await town.correct("13801")
    answer = await eventually(changed)
    assert answer
    assert students(answer.json()) == "13801"
    assert answer.headers["ETag"] != etag


async def test_what_is_accepted_while_the_broker_is_away_is_shown_once_a_relay_reaches_it(town: Town) -> None:
    alone = town.deployment.service(
        "indicators",
        town.owners["indicators"].env["CADRAN_DATABASE_URL"],
        CADRAN_KAFKA__SERVERS=f"127.0.0.1:{free_port()}",
    )
    async with alone.serving(), town.deployment.client(alone) as client:
        await town.correct("13900", client)
        await eventually(lambda: town.shows("13900"))


@pytest.mark.parametrize("owner", cadran.Owner)
async def test_republishing_changes_no_view(town: Town, owner: cadran.Owner) -> None:
    await eventually(town.shown)
    before = (await town.client.get(MILESTONES)).json()
    said = town.owners[owner].run("republish", owner)
    assert (said.returncode, said.stderr) == (0, "")

    async def read_on() -> dict[str, Any] | None:
        answer: dict[str, Any] = (await town.client.get(MILESTONES)).json()
        return answer if answer["watermark"] != before["watermark"] else None

    after = await eventually(read_on)
    assert after
    assert after | {"watermark": ""} == before | {"watermark": ""}
    value = str(14000 + len(owner))
    await town.correct(value)
    await eventually(lambda: town.shows(value))
    assert (await town.client.get("/v1/parked-events")).json()["items"] == []


async def test_a_gateway_without_broker_or_owner_shows_what_it_has_read(town: Town, cut_off: Service) -> None:
    await eventually(town.shown)
    async with town.deployment.client(cut_off) as client:
        assert (await client.get("/health/ready")).status_code == 200
        answer = await client.get(FOLLOW_UP)
    assert answer.status_code == 200
    assert students(answer.json()) == await town.shown()


@pytest.mark.parametrize(("owner", "list_"), [("indicators", "observations"), ("milestones", "progress")])
async def test_an_owner_that_is_down_is_said_in_french(town: Town, cut_off: Service, owner: str, list_: str) -> None:
    async with town.deployment.client(cut_off) as client:
        answer = await client.get(f"/{owner}/v1/{list_}")
    assert answer.status_code == 502
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Retry-After"] == "2"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (502, "bad-gateway")
    assert "injoignable" in problem["detail"]
    assert owner in problem["detail"]


@pytest.mark.parametrize("name", cadran.Service)
async def test_a_service_ends_in_order_on_sigterm_and_the_other_instance_goes_on(
    town: Town, name: cadran.Service
) -> None:
    second = town.deployment.service(name, town.service(name).env["CADRAN_DATABASE_URL"], **town.addresses)
    async with second.serving() as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert "Traceback" not in second.log.read_text("utf-8")
    value = str(30000 + len(name))
    await town.correct(value)
    await eventually(lambda: town.shows(value))


@pytest.mark.parametrize("name", cadran.Service)
async def test_a_database_that_was_not_migrated_is_refused_in_one_line(
    town: Town, postgresql: Server, name: cadran.Service
) -> None:
    refused = town.deployment.service(name, await postgresql.empty()).run("serve", name)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Cadran ne peut pas continuer")
    assert f"cadran migrate {name}" in refused.stderr
    assert refused.stderr.count("\n") == 1
