"""Every error is a problem document in French with a stable code, and every answer carries its correlation id."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from shared.application import Description, create_application
from shared.identity import Identity
from shared.outbox import OutboxRow
from tests.conftest import COP, World

from .conftest import OBSERVATIONS, Service
from .essai import CODE, observed

NEW = {"contract": CODE, **observed("visitors", "nord", 2022, "120")}
FIELDS = {"type", "title", "status", "detail", "code"}


@pytest.fixture(scope="module")
async def caller(still_world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with still_world.client("administrator") as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("GET", "/v1/nowhere", 404, "not-found"),
        ("GET", "/indicators/nowhere", 404, "not-found"),
        ("GET", "/v1/contracts/", 404, "not-found"),
        ("GET", "/v1/contracts/other", 404, "not-found"),
        ("GET", "/%2e%2e/etc/passwd", 404, "not-found"),
        ("DELETE", "/v1/contracts", 405, "method-not-allowed"),
        ("PATCH", f"/indicators/v1/contracts/{COP}", 405, "method-not-allowed"),
        ("GET", f"/v1/contracts/{COP}/follow-up?year=1", 422, "invalid"),
        ("GET", f"/v1/contracts/{'x' * 65}", 422, "invalid"),
        ("GET", "/indicators/v1/observations?limit=0", 422, "invalid"),
        ("POST", "/indicators/v1/observations", 422, "invalid"),
        ("PUT", f"/indicators/v1/contracts/{COP}", 422, "invalid"),
    ],
)
async def test_an_error_is_a_problem_document(
    caller: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    answer = await caller.request(method, path, follow_redirects=True)
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body.keys() >= FIELDS
    assert body["type"] == f"urn:cadran:problem:{code}"
    assert body["title"]
    assert body["detail"]


async def test_a_method_that_is_not_allowed_is_told_which_are(caller: httpx.AsyncClient) -> None:
    answer = await caller.delete(f"/indicators/v1/contracts/{COP}")
    assert set(answer.headers["Allow"].replace(" ", "").split(",")) & {"GET", "PUT"}


async def test_several_errors_of_one_call_are_each_given_their_place(caller: httpx.AsyncClient) -> None:
    body = (await caller.get("/indicators/v1/observations?limit=0&year=x&asOf=hier")).json()
    assert body["detail"] == "3 erreurs\u202f; voir «\u00a0errors\u00a0»."
    assert [error["place"] for error in body["errors"]] == ["query.asOf", "query.limit", "query.year[0]"]
    assert all(error["message"] and error["code"] for error in body["errors"])


def failing(error: Exception) -> httpx.AsyncClient:
    """A service one route of which fails in an unforeseen way."""
    about = Description(service="test", title="Test", summary="Test", version="0")
    identity = Identity(jwks="/nowhere", issuer="nobody", audience="nobody")
    app = create_application(about, identity=identity, checks={}, max_body=1000)

    @app.get("/fail")
    async def fail() -> None:
        raise error

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://cadran.test")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (RuntimeError("secret"), 500, "internal-error"),
        (KeyError("secret"), 500, "internal-error"),
        (OSError("secret"), 503, "unavailable"),
        (OperationalError("SELECT secret", {}, Exception("secret")), 503, "unavailable"),
    ],
)
async def test_an_unforeseen_error_says_nothing_of_the_inside(error: Exception, status: int, code: str) -> None:
    async with failing(error) as client:
        answer = await client.get("/fail", headers={"X-Correlation-Id": "appel-7"})
    body = answer.json()
    assert (answer.status_code, body["code"], body["status"]) == (status, code, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body.keys() >= FIELDS
    assert "secret" not in answer.text
    assert answer.headers["X-Correlation-Id"] == "appel-7"


@pytest.mark.parametrize("path", ["/health/live", "/nowhere", "/v1/contracts", "/indicators/v1/observations"])
async def test_the_callers_correlation_id_comes_back(caller: httpx.AsyncClient, path: str) -> None:
    answer = await caller.get(path, headers={"X-Correlation-Id": "appel-7.b_c"})
    assert answer.headers.get_list("X-Correlation-Id") == ["appel-7.b_c"]


@pytest.mark.parametrize("offered", ["", "a b", "é", "x" * 65, "a\tb", "<script>", "a;b"])
async def test_a_correlation_id_that_is_no_plain_token_is_replaced(caller: httpx.AsyncClient, offered: str) -> None:
    headers = httpx.Headers([(b"X-Correlation-Id", offered.encode())])
    answer = await caller.get("/health/live", headers=headers)
    given = answer.headers["X-Correlation-Id"]
    assert given != offered
    assert len(given) == 32
    assert given.isalnum()


async def test_two_calls_without_an_id_have_two(caller: httpx.AsyncClient) -> None:
    given = {(await caller.get("/health/live")).headers["X-Correlation-Id"] for _ in range(5)}
    assert len(given) == 5


async def test_the_correlation_id_goes_into_the_event(service: Service) -> None:
    async with service.client("steward") as client:
        await client.post(OBSERVATIONS, json=NEW, headers={"X-Correlation-Id": "appel-7"})
    async with service.database.reading() as session:
        last = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc()).limit(1))).one()
    assert last.correlation_id == "appel-7"
    assert last.causation_id not in {"", "appel-7"}
