"""The end of a rehearsal: before a real value, or on demand, without a trace; and who may begin one, and where."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select

from shared.events.indicators import RehearsalStaged
from shared.outbox import OutboxRow
from tests.crash.test_startup import plain

from .conftest import CONTRACT, OBSERVATIONS, Service
from .essai import CODE, Package, observed, package
from .simulating import REHEARSAL, SET, SOURCE, allowing, everything, rehearse, simulated, told


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A steward of a service that allows rehearsals."""
    async with allowing(service).client("steward", subject="camille") as client:
        yield client


async def test_a_real_value_takes_the_place_of_all_that_is_simulated_beside_it(
    service: Service, steward: httpx.AsyncClient
) -> None:
    await rehearse(steward, [*SET, simulated("nord", 2023, "7003")])
    row = {"contract": CODE, **observed("visitors", "groupe", 2022, "350")}
    answer = await steward.post(OBSERVATIONS, json=row)
    assert answer.status_code == 201
    assert [plain(each) for each in answer.json()["notices"]] == [
        "2 valeur(s) simulée(s) ôtée(s), des valeurs réelles les remplacent : visitors 2022"
    ]
    (left,) = (await steward.get(REHEARSAL)).json()["observations"]
    assert (left["year"], left["value"]) == (2023, "7003")
    assert [(fact.version, len(fact.observations)) for fact in await told(service)] == [(1, 3), (2, 1)]


async def test_the_last_simulated_value_gives_way_without_a_trace(service: Service, steward: httpx.AsyncClient) -> None:
    await rehearse(steward, SET)
    changed = package()
    changed["observations"].append(observed("visitors", "nord", 2022, "120"))
    tried = await steward.put(CONTRACT, json=changed, params={"dryRun": True})
    assert (await steward.get(REHEARSAL)).status_code == 200
    answer = await steward.put(CONTRACT, json=changed)
    assert tried.json()["notices"] == answer.json()["notices"]
    assert [plain(each) for each in answer.json()["notices"]] == [
        "2 valeur(s) simulée(s) ôtée(s), des valeurs réelles les remplacent : visitors 2022"
    ]
    assert (await steward.get(REHEARSAL)).status_code == 404
    assert "7001" not in await everything(service.database)


async def test_a_package_loaded_again_leaves_the_rehearsal(service: Service, steward: httpx.AsyncClient) -> None:
    await rehearse(steward, SET)
    assert (await steward.put(CONTRACT, json=package())).json()["notices"] == []
    assert len(await told(service)) == 1


async def test_an_import_says_what_it_took_the_place_of(steward: httpx.AsyncClient) -> None:
    await rehearse(steward, SET)
    rows = [observed("visitors", "nord", 2022, "120")]
    answer = await steward.post(f"{CONTRACT}/observations", json={"rows": rows})
    assert [plain(each) for each in answer.json()["notices"]] == [
        "2 valeur(s) simulée(s) ôtée(s), des valeurs réelles les remplacent : visitors 2022"
    ]


async def test_what_a_new_version_of_the_contract_drops_is_no_longer_simulated(
    service: Service, steward: httpx.AsyncClient
) -> None:
    """The whole indicator, a school of another that is no longer declined, and a year that is now the reference's."""
    others = [simulated("nord", 2022, "1", indicator="revenue"), simulated("groupe", 2023, "2", indicator="revenue")]
    await rehearse(steward, [*SET, simulated("groupe", 2021, "3", indicator="revenue"), *others])
    answer = await steward.put(CONTRACT, json=_narrower())
    assert answer.status_code == 200, answer.text
    assert [plain(each) for each in answer.json()["notices"]] == [
        "4 valeur(s) simulée(s) ôtée(s), le contrat ne les suit plus : revenue 2021, revenue 2022, visitors 2022"
    ]
    (left,) = (await steward.get(REHEARSAL)).json()["observations"]
    assert (left["indicator"], left["entity"], left["year"]) == ("revenue", "groupe", 2023)
    assert [(fact.version, len(fact.observations)) for fact in await told(service)] == [(1, 5), (2, 1)]


async def test_a_refused_version_of_the_contract_leaves_the_rehearsal(
    service: Service, steward: httpx.AsyncClient
) -> None:
    await rehearse(steward, SET)
    changed = _narrower()
    changed["entities"][1]["kind"] = "castle"
    assert (await steward.put(CONTRACT, json=changed)).status_code == 422
    assert len(await told(service)) == 1


def _narrower() -> Package:
    """The small contract, its visitors dropped, its revenue of the group alone, counted from 2021."""
    changed = package()
    changed["contract"][0]["reference_year"] = 2021
    changed["indicators"] = [each | {"declined": False} for each in changed["indicators"] if each["code"] != "visitors"]
    changed["targets"] = []
    changed["observations"] = []
    return changed


async def test_once_removed_nothing_simulated_is_left(service: Service, steward: httpx.AsyncClient) -> None:
    await steward.put(REHEARSAL, json={"source": SOURCE, "observations": SET}, headers={"Idempotency-Key": "une-fois"})
    assert "7001" in await everything(service.database)
    answer = await steward.delete(REHEARSAL)
    assert answer.json() == {"contract": CODE, "version": 2, "count": 0, "before": 2, "simulated": True}
    assert (await steward.get(REHEARSAL)).status_code == 404
    assert "7001" not in await everything(service.database)
    (fact,) = await told(service)
    assert (fact.version, fact.observations) == (2, ())


async def test_the_version_goes_on_growing_after_a_removal(service: Service, steward: httpx.AsyncClient) -> None:
    await rehearse(steward, SET)
    await steward.delete(REHEARSAL)
    assert (await rehearse(steward, SET)).json()["version"] == 3
    assert [fact.version for fact in await told(service)] == [2, 3]


async def test_what_is_not_staged_is_not_removed(steward: httpx.AsyncClient) -> None:
    assert (await steward.delete(REHEARSAL)).status_code == 404
    await rehearse(steward, SET)
    await steward.delete(REHEARSAL)
    assert (await steward.delete(REHEARSAL)).status_code == 404


async def test_removing_leaves_the_events_of_everything_else(service: Service, steward: httpx.AsyncClient) -> None:
    query = select(OutboxRow.id).where(OutboxRow.type != RehearsalStaged.TYPE)
    async with service.database.reading() as session:
        before = (await session.scalars(query)).all()
    await rehearse(steward, SET)
    await steward.delete(REHEARSAL)
    async with service.database.reading() as session:
        assert (await session.scalars(query)).all() == before


async def test_without_the_setting_nothing_is_simulated(service: Service) -> None:
    async with service.client("steward") as client:
        answer = await rehearse(client, SET)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert "CADRAN_REHEARSALS=true" in answer.json()["detail"]


async def test_without_the_setting_what_is_staged_may_still_be_removed(
    service: Service, steward: httpx.AsyncClient
) -> None:
    await rehearse(steward, SET)
    async with service.client("steward") as client:
        assert (await client.delete(REHEARSAL)).status_code == 200


@pytest.mark.parametrize("role", ["contributor", "reader", "operator"])
async def test_only_a_steward_rehearses(service: Service, role: str) -> None:
    async with allowing(service).client(role, entities=["nord"]) as client:
        assert (await rehearse(client, SET)).status_code == 403
        assert (await client.delete(REHEARSAL)).status_code == 403


async def test_an_unknown_contract_is_not_rehearsed(steward: httpx.AsyncClient) -> None:
    answer = await steward.put("/indicators/v1/contracts/other/rehearsal", json={"source": SOURCE, "observations": SET})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
