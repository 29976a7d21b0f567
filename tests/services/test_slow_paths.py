"""The operators' long calls: as slow as an upload may be at the gateway, at each owner, and on the way between them."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services.bibliometrics.app import create_app as bibliometrics_app
from services.bibliometrics.tables import SCHEMA as BIBLIOMETRICS
from services.gateway import read_model
from services.gateway.app import create_app as gateway_app
from services.gateway.tables import SCHEMA as GATEWAY
from services.indicators.app import create_app as indicators_app
from services.indicators.tables import SCHEMA as INDICATORS
from services.milestones.app import create_app as milestones_app
from services.milestones.tables import SCHEMA as MILESTONES
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.events.bibliometrics import MeasuresDefined
from shared.events.indicators import ObservationRecorded
from shared.events.milestones import PlanDefined
from shared.guarding import Guard
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER, LocalIssuer
from shared.migrations import Schema
from shared.settings import Limits

from .behind_the_door import door, to

AT_ONCE = Guard(Limits(call_seconds=1e-9, upload_seconds=60))
"""No call that waits for anything at all ends in time, but the slow ones."""
BODY = 1024
SCHEMAS = {"": GATEWAY, "indicators": INDICATORS, "milestones": MILESTONES, "bibliometrics": BIBLIOMETRICS}
TYPES = {
    "": ObservationRecorded.TYPE,
    "indicators": ObservationRecorded.TYPE,
    "milestones": PlanDefined.TYPE,
    "bibliometrics": MeasuresDefined.TYPE,
}
each_service = pytest.mark.parametrize("service", SCHEMAS, ids=lambda name: name or "gateway")


@pytest.fixture
def schema(service: str) -> Schema:
    return SCHEMAS[service]


@pytest.fixture
async def operator(database: Database, service: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    issuer = LocalIssuer(tmp_path)
    issuer.prepare()
    app = _app(service, database, Identity(jwks=str(issuer.public), issuer=ISSUER, audience=AUDIENCE))
    if not service:
        await read_model.ensure_named(database)
    headers = {"Authorization": f"Bearer {issuer.token(subject='olivier', roles=['operator'], days=1)}"}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://cadran.test", headers=headers) as client:
        yield client


def _app(service: str, database: Database, identity: Identity) -> FastAPI:
    given = (database, MemoryBus(), identity)
    if service == "bibliometrics":
        return bibliometrics_app(*given, max_body=BODY, max_upload=BODY, guard=AT_ONCE)
    if service == "milestones":
        return milestones_app(*given, max_body=BODY, guard=AT_ONCE)
    if service == "indicators":
        return indicators_app(*given, max_body=BODY, guard=AT_ONCE)
    return gateway_app(*given, owners={}, max_body=BODY, guard=AT_ONCE)


@each_service
async def test_an_inventory_may_take_as_long_as_an_upload(operator: httpx.AsyncClient, service: str) -> None:
    path = f"/{service}/v1/inventory" if service else "/v1/inventory"
    assert (await operator.get(path)).status_code == 200
    assert (await operator.get(f"{path}/{TYPES[service]}")).status_code == 200


@pytest.mark.parametrize("service", [""], ids=["gateway"])
async def test_taking_all_parked_events_in_again_may_take_as_long_as_an_upload(operator: httpx.AsyncClient) -> None:
    assert (await operator.post("/v1/parked-events/replay")).status_code == 200


@pytest.mark.parametrize("service", [""], ids=["gateway"])
async def test_another_call_of_an_operator_may_not(operator: httpx.AsyncClient) -> None:
    answer = await operator.get("/v1/parked-events")
    assert (answer.status_code, answer.json()["code"]) == (503, "overdue")


@pytest.mark.parametrize(
    ("path", "seconds"),
    [
        ("/indicators/v1/inventory", 600),
        (f"/indicators/v1/inventory/{ObservationRecorded.TYPE}", 600),
        ("/indicators/v1/inventories", 30),
        ("/indicators/v1/contracts", 30),
    ],
)
async def test_the_door_waits_for_an_owners_inventory(path: str, seconds: float) -> None:
    waited: list[float] = []

    async def answering(request: httpx.Request) -> httpx.Response:
        waited.append(request.extensions["timeout"]["read"])
        return httpx.Response(200)

    async with door("http://owner.test", httpx.MockTransport(answering)) as app, to(app) as client:
        await client.get(path)
    assert waited == [seconds]
