"""Rehearsals: simulated values of a contract, all or nothing, never among real ones, and gone without a trace."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from services.indicators.app import create_app
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.events.indicators import RehearsalStaged
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER
from shared.outbox import OutboxRow

from .conftest import CONTRACT, MAX_BODY, OBSERVATIONS, Service
from .essai import CODE, Row, observed, package

REHEARSAL = f"{CONTRACT}/rehearsal"
SOURCE = "Répétition : valeurs simulées"


def simulated(entity: str, year: int, value: str | None, **others: Any) -> Row:
    row = {"indicator": "visitors", "entity": entity, "year": year, **others}
    return row | ({"value": value} if value is not None else {})


SET = [simulated("nord", 2022, "7001"), simulated("sud", 2022, None, absence="not_measured", note="Pour voir")]


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A steward of a service that allows rehearsals."""
    async with allowing(service).client("steward", subject="camille") as client:
        yield client


def allowing(service: Service) -> Service:
    identity = Identity(jwks=str(service.issuer.public), issuer=ISSUER, audience=AUDIENCE)
    app = create_app(service.database, MemoryBus(), identity, max_body=MAX_BODY, rehearsals=True)
    return Service(app, service.issuer, service.database, service.folder)


async def rehearse(client: httpx.AsyncClient, rows: list[Row], **others: Any) -> httpx.Response:
    return await client.put(REHEARSAL, json={"source": SOURCE, "observations": rows} | others)


async def told(service: Service) -> list[RehearsalStaged]:
    """The rehearsals in the outbox."""
    query = select(OutboxRow).where(OutboxRow.type == RehearsalStaged.TYPE).order_by(OutboxRow.id)
    async with service.database.reading() as session:
        return [RehearsalStaged.model_validate_json(row.data) for row in await session.scalars(query)]


async def everything(database: Database) -> str:
    """Every cell of the owner's database, as text."""
    async with database.reading() as session:
        tables = ("rehearsals", "outbox", "idempotency_keys", "observations", "observation_versions")
        rows = [await session.execute(text(f"SELECT * FROM {table}")) for table in tables]
        return "\n".join(str(row) for table in rows for row in table)


async def test_what_is_staged_is_shown_and_told(service: Service, steward: httpx.AsyncClient) -> None:
    answer = await rehearse(steward, SET)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"contract": CODE, "version": 1, "count": 2, "before": 0, "simulated": True}
    shown = (await steward.get(REHEARSAL)).json()
    assert (shown["source"], shown["staged_by"], shown["simulated"]) == (SOURCE, "camille", True)
    assert shown["observations"] == [
        {"indicator": "visitors", "entity": "nord", "year": 2022, "value": "7001", "absence": None, "note": None},
        {
            "indicator": "visitors",
            "entity": "sud",
            "year": 2022,
            "value": None,
            "absence": "not_measured",
            "note": "Pour voir",
        },
    ]
    (fact,) = await told(service)
    assert (fact.version, fact.subject, fact.source, len(fact.observations)) == (1, f"rehearsals/{CODE}", SOURCE, 2)


async def test_nothing_simulated_is_an_observation(steward: httpx.AsyncClient) -> None:
    before = (await steward.get(OBSERVATIONS)).json()
    await rehearse(steward, SET)
    assert (await steward.get(OBSERVATIONS)).json() == before


async def test_another_set_replaces_the_whole(service: Service, steward: httpx.AsyncClient) -> None:
    await rehearse(steward, SET)
    answer = await rehearse(steward, [simulated("groupe", 2023, "9001")])
    assert (answer.json()["version"], answer.json()["count"], answer.json()["before"]) == (2, 1, 2)
    (only,) = (await steward.get(REHEARSAL)).json()["observations"]
    assert (only["entity"], only["year"], only["value"]) == ("groupe", 2023, "9001")


async def test_the_same_set_again_changes_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    await rehearse(steward, SET)
    assert (await rehearse(steward, SET)).json()["version"] == 1
    assert len(await told(service)) == 1


async def test_numbers_are_read_as_in_a_package(steward: httpx.AsyncClient) -> None:
    await rehearse(steward, [simulated("nord", 2022, "7 001,5") | {"year": "2022"}])
    (row,) = (await steward.get(REHEARSAL)).json()["observations"]
    assert (row["year"], row["value"]) == (2022, "7001.5")


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (simulated("nord", 2020, "1"), "year", "year"),
        (simulated("nord", 2034, "1"), "year", "year"),
        (simulated("est", 2022, "1"), "entity", "unknown"),
        (simulated("nord", 2022, "1", indicator="students"), "indicator", "unknown"),
        (simulated("nord", 2022, "1", indicator="satisfaction"), "entity", "not-declined"),
        (simulated("nord", 2022, None), "value", "incoherent"),
        (simulated("nord", 2022, "1", absence="late"), "absence", "incoherent"),
        (simulated("nord", 2022, "beaucoup"), "value", "number"),
        (simulated("nord", 2022, None, absence="asleep"), "absence", "enum"),
        (simulated("nord", 2022, "1", status="definitive"), "status", "extra_forbidden"),
        (simulated("nord", 2022, "1", source="Relevé"), "source", "extra_forbidden"),
    ],
)
async def test_one_refused_row_and_nothing_is_staged(
    service: Service, steward: httpx.AsyncClient, row: Row, column: str, code: str
) -> None:
    answer = await rehearse(steward, [simulated("nord", 2023, "7001"), row])
    assert answer.status_code == 422
    assert [(error["table"], error["row"], error["column"], error["code"]) for error in answer.json()["errors"]] == [
        ("observations", 1, column, code)
    ]
    assert (await steward.get(REHEARSAL)).status_code == 404
    assert await told(service) == []


async def test_a_row_given_twice_is_refused(steward: httpx.AsyncClient) -> None:
    answer = await rehearse(steward, [SET[0], SET[0]])
    assert [(error["row"], error["code"]) for error in answer.json()["errors"]] == [(1, "repeated")]


@pytest.mark.parametrize("change", [{"source": " "}, {"source": None}, {"observations": []}, {"year": 2022}])
async def test_a_set_has_a_source_and_rows(steward: httpx.AsyncClient, change: Row) -> None:
    assert (await rehearse(steward, SET, **change)).status_code == 422


async def test_beside_a_real_value_of_any_entity_nothing_is_simulated(
    service: Service, steward: httpx.AsyncClient
) -> None:
    """Of 2021 the northern site's visitors are known: the group's are not simulated either."""
    answer = await rehearse(steward, [*SET, simulated("groupe", 2021, "400")])
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert answer.json()["detail"].startswith(
        "Des valeurs réelles sont enregistrées pour «\u00a0visitors\u00a0» en 2021\u00a0: une somme ne mêle jamais"
    )
    assert [(error["row"], error["code"]) for error in answer.json()["errors"]] == [(2, "real")]
    assert await told(service) == []


async def test_another_indicator_of_a_real_year_may_be_simulated(steward: httpx.AsyncClient) -> None:
    assert (await rehearse(steward, [simulated("nord", 2021, "1", indicator="revenue")])).status_code == 200


async def test_a_real_value_takes_the_place_of_all_that_is_simulated_beside_it(
    service: Service, steward: httpx.AsyncClient
) -> None:
    await rehearse(steward, [*SET, simulated("nord", 2023, "7003")])
    row = {"contract": CODE, **observed("visitors", "groupe", 2022, "350")}
    assert (await steward.post(OBSERVATIONS, json=row)).status_code == 201
    (left,) = (await steward.get(REHEARSAL)).json()["observations"]
    assert (left["year"], left["value"]) == (2023, "7003")
    assert [(fact.version, len(fact.observations)) for fact in await told(service)] == [(1, 3), (2, 1)]


async def test_the_last_simulated_value_gives_way_without_a_trace(service: Service, steward: httpx.AsyncClient) -> None:
    await rehearse(steward, SET)
    changed = package()
    changed["observations"].append(observed("visitors", "nord", 2022, "120"))
    assert (await steward.put(CONTRACT, json=changed)).status_code == 200
    assert (await steward.get(REHEARSAL)).status_code == 404
    assert "7001" not in await everything(service.database)


async def test_a_package_loaded_again_leaves_the_rehearsal(service: Service, steward: httpx.AsyncClient) -> None:
    await rehearse(steward, SET)
    await steward.put(CONTRACT, json=package())
    assert len(await told(service)) == 1


async def test_once_removed_nothing_simulated_is_left(service: Service, steward: httpx.AsyncClient) -> None:
    await steward.put(
        REHEARSAL, json={"source": SOURCE, "observations": SET}, headers={"Idempotency-Key": "une-fois"}
    )
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
    answer = await steward.put(
        "/indicators/v1/contracts/other/rehearsal", json={"source": SOURCE, "observations": SET}
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
