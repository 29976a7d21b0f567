"""Traces: one story through the services, nothing in them that is not to be told, and nothing held up by them."""

import socket
import time

import pytest
from starlette.responses import Response

from shared.settings import Tracing
from shared.telemetry import configure_tracing, end_tracing, span, traced, traceparent
from tests.collecting import collecting

from .behind_the_door import Owner, door, served, to
from .observing import application, calling

CALLER = f"00-{'a' * 32}-{'b' * 16}-01"
UNSAMPLED = f"00-{'a' * 32}-{'b' * 16}-00"


def test_without_an_endpoint_nothing_is_traced() -> None:
    with traced("essai", Tracing()), span("work", owner="indicators") as current:
        assert (current, traceparent()) == (None, "")


async def test_without_an_endpoint_a_callers_trace_goes_on_to_the_owner() -> None:
    owner = Owner()
    async with served(owner) as address, door(address) as app, to(app) as caller:
        await caller.get("/indicators/v1/contracts", headers={"traceparent": CALLER})
    assert owner.asked[0][2]["traceparent"] == CALLER


async def test_a_request_is_a_span_named_by_its_template() -> None:
    with collecting(service="indicators") as collector:
        async with calling(application("indicators")) as caller:
            await caller.get(
                "/v1/things/a?q=Dupont", headers={"X-Correlation-Id": "appel-7", "Authorization": "Bearer x"}
            )
        (seen,) = collector.spans()
    assert (seen.service, seen.name, seen.kind, seen.parent) == ("indicators", "GET /v1/things/{thing}", "server", "")
    assert seen.attributes == {
        "cadran.service": "indicators",
        "cadran.correlation_id": "appel-7",
        "http.request.method": "GET",
        "http.route": "/v1/things/{thing}",
        "http.response.status_code": 200,
    }


async def test_a_request_goes_on_with_the_callers_trace() -> None:
    with collecting() as collector:
        async with calling(application("essai")) as caller:
            inner = (await caller.get("/v1/things/a", headers={"traceparent": CALLER})).json()["trace"]
        (seen,) = collector.spans()
    assert (seen.trace, seen.parent) == ("a" * 32, "b" * 16)
    assert inner == seen.traceparent


@pytest.mark.parametrize("offered", ["", "x", f"00-{'0' * 32}-{'b' * 16}-01", "ff-" + CALLER[3:], CALLER + "é"])
async def test_a_trace_that_is_none_begins_another(offered: str) -> None:
    with collecting() as collector:
        async with calling(application("essai")) as caller:
            assert (await caller.get("/plain", headers=[(b"traceparent", offered.encode())])).status_code == 200
        (seen,) = collector.spans()
    assert seen.parent == ""


async def test_a_check_of_health_is_no_trace() -> None:
    with collecting() as collector:
        async with calling(application("essai")) as caller:
            await caller.get("/health/live")
        assert collector.spans() == []


async def test_an_error_is_told_by_its_class_alone() -> None:
    with collecting() as collector:
        async with calling(application("essai")) as caller:
            await caller.get("/v1/broken/Dupont")
        (seen,) = collector.spans()
    assert (seen.error, seen.attributes["http.response.status_code"]) == ("RuntimeError", 500)
    assert b"Dupont" not in b"".join(collector.raw)


async def test_what_is_forwarded_goes_on_in_the_owner() -> None:
    owner = Owner(answer=Response(b"ok"))
    with collecting() as collector:
        async with served(owner) as address, door(address) as app, to(app) as caller:
            await caller.get("/indicators/v1/contracts", headers={"traceparent": CALLER})
        (seen,) = collector.spans()
    assert (seen.name, seen.trace) == ("GET /indicators/{path}", "a" * 32)
    assert owner.asked[0][2]["traceparent"] == seen.traceparent


def test_a_span_goes_on_where_a_stored_trace_stopped() -> None:
    with collecting() as collector:
        with span("outer"), span("project", parent=CALLER, topic="cadran.indicators"):
            pass
        project, outer = collector.spans()
    assert (project.trace, project.parent, project.attributes) == ("a" * 32, "b" * 16, {"topic": "cadran.indicators"})
    assert outer.trace != project.trace


def test_a_batch_of_one_story_is_part_of_it() -> None:
    with collecting() as collector:
        with span("relay", links=[CALLER, "", CALLER]):
            pass
        (seen,) = collector.spans()
    assert (seen.trace, seen.parent, seen.links) == ("a" * 32, "b" * 16, [])


def test_a_batch_of_several_stories_is_linked_to_each() -> None:
    another = f"00-{'c' * 32}-{'d' * 16}-01"
    with collecting() as collector:
        with span("relay", links=[CALLER, another, CALLER]):
            pass
        (seen,) = collector.spans()
    assert (seen.parent, seen.links) == ("", ["a" * 32, "c" * 32])


def test_what_the_caller_does_not_keep_is_not_kept() -> None:
    with collecting() as collector:
        with span("work", parent=UNSAMPLED):
            assert traceparent().startswith(f"00-{'a' * 32}-")
            assert traceparent().endswith("-00")
        assert collector.spans() == []


def test_a_share_of_nothing_keeps_nothing() -> None:
    with collecting(ratio=0) as collector:
        with span("work"):
            assert int(traceparent()[-2:], 16) & 1 == 0
        assert collector.spans() == []


def _away() -> Tracing:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return Tracing(endpoint=f"http://127.0.0.1:{free.getsockname()[1]}")


async def test_a_collector_that_is_away_fails_and_holds_up_nothing() -> None:
    configure_tracing("essai", _away())
    began = time.monotonic()
    for _ in range(5000):  # more than is kept
        with span("work"):
            pass
    async with calling(application("essai")) as caller:
        assert (await caller.get("/plain")).status_code == 200
    assert time.monotonic() - began < 5
    end_tracing()
    assert time.monotonic() - began < 10


def test_a_collector_that_never_answers_holds_up_no_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        configure_tracing("essai", Tracing(endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}"))
        with span("work"):
            pass
        began = time.monotonic()
        end_tracing()
        assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "address",
    ["collecteur:4318", "ftp://collecteur", "http://qui:secret@collecteur", "http://collecteur/?cle=a", "http://"],
)
def test_an_endpoint_that_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="http://collecteur:4318"):
        Tracing(endpoint=address)


async def test_a_whole_address_is_taken_as_it_is() -> None:
    with collecting() as collector:
        configure_tracing("essai", Tracing(endpoint=f"{collector.address}/v1/traces"))
        with span("work"):
            pass
        assert [seen.name for seen in collector.spans()] == ["work"]
