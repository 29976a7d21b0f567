"""Requests as the metrics and the log have them: by template, once each, and never with what they held."""

import json
from uuid import uuid4

import httpx
import pytest
import structlog

from shared.telemetry import configure_logs

from .observing import REMEMBERED, application, calling, counted


@pytest.fixture
def service() -> str:
    """A name of its own for each test: the registry is the process's."""
    return f"essai-{uuid4().hex}"


@pytest.fixture
def caller(service: str) -> httpx.AsyncClient:
    return calling(application(service))


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/v1/things/a", "/v1/things/{thing}"),
        ("/v1/parts", "/v1/parts"),
        ("/v1/known/view", "/v1/known/{view}"),
        ("/files/a/b.css", "/files/{path}"),
        ("/plain", "/plain"),
        ("/health/live", "/health/live"),
    ],
)
async def test_a_request_is_measured_by_its_template(
    caller: httpx.AsyncClient, service: str, path: str, route: str
) -> None:
    assert (await caller.get(path)).status_code == 200
    assert counted(service) == {("GET", route, "200"): 1}


async def test_what_is_asked_for_makes_no_series(caller: httpx.AsyncClient, service: str) -> None:
    for number in range(20):
        await caller.get(f"/v1/things/{number}")
        await caller.get(f"/nothing/{number}")
        await caller.get(f"/files/{number}")
        await caller.request(f"BREW{number}", "/v1/parts")
    assert counted(service) == {
        ("GET", "/v1/things/{thing}", "200"): 20,
        ("GET", "unmatched", "404"): 20,
        ("GET", "/files/{path}", "200"): 20,
        ("other", "/v1/parts", "405"): 20,
    }


async def test_an_error_that_nobody_expected_is_measured_as_one(caller: httpx.AsyncClient, service: str) -> None:
    assert (await caller.get("/v1/broken/X")).status_code == 500
    assert counted(service) == {("GET", "/v1/broken/{thing}", "500"): 1}


async def test_an_answer_has_one_correlation_id_which_is_that_of_the_work(caller: httpx.AsyncClient) -> None:
    answer = await caller.get("/v1/things/a", headers={"X-Correlation-Id": "appel-7"})
    assert answer.headers.get_list("X-Correlation-Id") == ["appel-7"]
    assert answer.json()["correlation"] == "appel-7"


async def test_an_answer_from_memory_is_sent_again_as_it_was(caller: httpx.AsyncClient) -> None:
    before = [*REMEMBERED["headers"]]  # type: ignore[misc]
    answers = [await caller.get("/v1/known/view", headers={"X-Correlation-Id": each}) for each in ("un", "deux")]
    assert [answer.headers.get_list("X-Correlation-Id") for answer in answers] == [["un"], ["deux"]]
    assert REMEMBERED["headers"] == before


async def test_each_request_without_an_id_is_given_another(caller: httpx.AsyncClient) -> None:
    given = {(await caller.get("/plain")).headers["X-Correlation-Id"] for _ in range(5)}
    assert len(given) == 5
    assert all(len(each) == 32 for each in given)


async def test_a_line_has_the_path_and_no_query(service: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "info")
    async with calling(application(service)) as caller:
        await caller.get("/v1/things/a?token=secret&q=Dupont", headers={"X-Correlation-Id": "appel-8"})
    (line,) = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert line["event"] == "request"
    assert (line["service"], line["method"], line["path"], line["status"]) == (service, "GET", "/v1/things/a", 200)
    assert (line["correlation_id"], line["level"]) == ("appel-8", "info")
    assert line.keys() == {"event", "service", "method", "path", "status", "ms", "correlation_id", "level", "timestamp"}


async def test_a_check_of_health_is_measured_and_not_logged(service: str) -> None:
    with structlog.testing.capture_logs() as lines:
        async with calling(application(service)) as caller:
            await caller.get("/health/live")
    assert lines == []
    assert counted(service) == {("GET", "/health/live", "200"): 1}
