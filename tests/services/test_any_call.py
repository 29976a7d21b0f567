"""Any call that the descriptions allow, and many that they do not, is answered as they say, and never with a 5xx."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services.bibliometrics.app import create_app as create_bibliometrics
from services.gateway.app import create_app as create_gateway
from services.indicators.app import create_app as create_indicators
from services.milestones.app import create_app as create_milestones
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.identity import Identity
from tests.conftest import COP, World
from tests.postgresql import Server

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from . import jalons
from .conftest import MAX_BODY, Service
from .essai import CODE

STEP = jalons.id_of("J1.2-2", 2022)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
few = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def operations(app: FastAPI) -> dict[str, Any]:
    """The operations that an application describes, by name."""
    described = schemathesis.openapi.from_dict(app.openapi()).get_all_operations()
    return {each.ok().label: each.ok() for each in described if isinstance(each, Ok)}


def _parts() -> tuple[Database, MemoryBus, Identity]:
    nowhere = Database("sqlite+aiosqlite:////nowhere/never-opened.sqlite3")
    return nowhere, MemoryBus(), Identity(jwks="/nowhere", issuer="nobody", audience="nobody")


INDICATORS = operations(create_indicators(*_parts(), max_body=MAX_BODY))
MILESTONES = operations(create_milestones(*_parts(), max_body=MAX_BODY))
BIBLIOMETRICS = operations(create_bibliometrics(*_parts(), max_body=MAX_BODY, max_upload=MAX_BODY))
GATEWAY = operations(create_gateway(*_parts(), owners={}, max_body=MAX_BODY))


async def answer_to(client: httpx.AsyncClient, case: Any) -> httpx.Response:
    """What is answered to a generated call, made with the caller's own token."""
    call = case.as_transport_kwargs(base_url=str(client.base_url))
    own = {"authorization", "content-length", "host"}
    headers = {name: value for name, value in call["headers"].items() if name.lower() not in own}
    asked = {"params": call.get("params"), "headers": headers, **_sent(call)}
    request = client.build_request(call["method"], call["url"], **asked)
    await request.aread()  # the checks look at what was sent
    return await client.send(request)


def _sent(call: dict[str, Any]) -> dict[str, Any]:
    """The body of a generated call, as httpx takes it."""
    if "json" in call:
        return {"json": call["json"]}
    if "files" in call:
        return {"files": [(name, _part(value)) for name, value in call["files"]]}
    return {"content": call.get("data")}


def _part(value: Any) -> Any:
    """A part of a form, which holds bytes or a text and nothing else."""
    if isinstance(value, tuple):
        return (value[0], _part(value[1]), *value[2:])
    return value if isinstance(value, bytes | str) else str(value)


@pytest.fixture(scope="module")
async def indicators(still_service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A caller of the service, which these tests fill with whatever it takes."""
    async with still_service.client("administrator") as client:
        yield client


@pytest.fixture(scope="module")
async def milestones_service(still_milestones: Service) -> AsyncIterator[httpx.AsyncClient]:
    """As `indicators`."""
    async with still_milestones.client("administrator") as client:
        yield client


@pytest.fixture(scope="module")
async def bibliometrics(
    postgresql: Server, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[httpx.AsyncClient]:
    """As `indicators`, with the registry of three entities and a file of publications."""
    place = calls.opened(postgresql, tmp_path_factory.mktemp("any-call"))
    async with place as service, service.client("administrator") as client:
        await calls.load(client)
        await calls.take(client, "scopus", files.scopus(files.paper(1), files.paper(2)))
        yield client


@pytest.fixture(scope="module")
async def gateway(still_world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with still_world.client("administrator") as client:
        yield client


def drawn(data: st.DataObject, operation: Any, **known: str) -> Any:
    """A call as it is described or against it, half of the time to something that exists."""
    case = data.draw(operation.as_strategy(generation_mode=data.draw(st.sampled_from(list(GenerationMode)))))
    if data.draw(st.booleans()):
        case.path_parameters.update({name: known[name] for name in known.keys() & case.path_parameters.keys()})
    return case


@few
@given(data=st.data())
@pytest.mark.parametrize("still_service", ["postgresql"], indirect=True)  # the stricter of the two
@pytest.mark.parametrize("operation", INDICATORS)
async def test_any_call_of_the_indicators(indicators: httpx.AsyncClient, operation: str, data: st.DataObject) -> None:
    case = drawn(data, INDICATORS[operation], contract=CODE)
    case.validate_response(await answer_to(indicators, case), checks=CHECKS)


@few
@given(data=st.data())
@pytest.mark.parametrize("still_milestones", ["postgresql"], indirect=True)
@pytest.mark.parametrize("operation", MILESTONES)
async def test_any_call_of_the_milestones(
    milestones_service: httpx.AsyncClient, operation: str, data: st.DataObject
) -> None:
    case = drawn(data, MILESTONES[operation], contract=jalons.CODE, step=STEP, entity="nord")
    case.validate_response(await answer_to(milestones_service, case), checks=CHECKS)


@few
@given(data=st.data())
@pytest.mark.parametrize("operation", BIBLIOMETRICS)
async def test_any_call_of_the_bibliometrics(
    bibliometrics: httpx.AsyncClient, operation: str, data: st.DataObject
) -> None:
    case = drawn(data, BIBLIOMETRICS[operation], contract=files.CODE, publication=files.ref(1))
    case.validate_response(await answer_to(bibliometrics, case), checks=CHECKS)


@few
@given(data=st.data())
@pytest.mark.parametrize("operation", GATEWAY)
async def test_any_call_of_the_gateway(gateway: httpx.AsyncClient, operation: str, data: st.DataObject) -> None:
    case = drawn(data, GATEWAY[operation], contract=COP, entity="imt-bs")
    case.validate_response(await answer_to(gateway, case), checks=CHECKS)
