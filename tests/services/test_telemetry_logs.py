"""The log: one format for the services and their libraries, the story each line belongs to, and no secret."""

import asyncio
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError

from shared.telemetry import configure_logs, correlated, correlation_id

_NAME = "Dupont"


class _Person(BaseModel):
    age: int


@pytest.fixture(autouse=True)
def _usual_afterwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server's logger as a new process has it: one that has served keeps what was raised to itself."""
    monkeypatch.setattr(logging.getLogger("uvicorn.error"), "filters", [])
    yield
    configure_logs("json")


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(each) for each in capsys.readouterr().out.splitlines()]


def _fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("library", ["uvicorn.error", "aiokafka.consumer.fetcher", "asyncio"])
def test_a_library_speaks_as_the_services_do(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    with correlated("appel-9"):
        logging.getLogger(library).warning("Topic %s not found", "cadran.indicators")
    (line,) = _lines(capsys)
    assert (line["event"], line["level"]) == ("Topic cadran.indicators not found", "warning")
    assert (line["logger"], line["correlation_id"]) == (library, "appel-9")
    assert line["timestamp"].endswith("Z")


def test_a_library_speaks_from_warnings_on(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "debug")
    logging.getLogger("httpx").info("HTTP Request: GET http://indicators:8001/?token=secret")
    assert _lines(capsys) == []


def test_a_level_holds_for_the_libraries_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "error")
    logging.getLogger("aiokafka").warning("again")
    structlog.get_logger().warning("again")
    logging.getLogger("aiokafka").error("no more")
    assert [line["event"] for line in _lines(capsys)] == ["no more"]


def test_configuring_again_repeats_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    configure_logs("json")
    logging.getLogger("aiokafka").warning("once")
    assert len(_lines(capsys)) == 1


def test_an_exception_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    try:
        _fail(RuntimeError("panne"))
    except RuntimeError as error:
        structlog.get_logger().error("unexpected", exc_info=error)
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    ours, theirs = _lines(capsys)
    for line in (ours, theirs):
        assert line["exception"].startswith("Traceback")
        assert line["exception"].endswith("RuntimeError: panne")


def test_at_a_terminal_a_library_is_read_as_the_services_are(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("console", "warning")
    logging.getLogger("aiokafka").warning("Topic not found")
    assert "[warning  ] Topic not found" in capsys.readouterr().out


async def test_a_background_task_logs_the_story_of_its_event(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")

    async def work() -> None:
        with correlated("suivi-2022"):
            structlog.get_logger().warning("event-parked")
        structlog.get_logger().warning("resting")

    await asyncio.create_task(work())
    parked, resting = _lines(capsys)
    assert parked["correlation_id"] == "suivi-2022"
    assert resting.get("correlation_id", "") == correlation_id.get()


def _database_error() -> Exception:
    detail = f"duplicate key value\nDETAIL:  Key (name)=({_NAME}) already exists."
    return IntegrityError("INSERT INTO persons (name) VALUES (%s)", {"name": _NAME}, Exception(detail))


def _validation_error() -> Exception:
    try:
        _Person.model_validate({"age": _NAME})
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize(
    "error",
    [
        _database_error(),
        _validation_error(),
        OSError(f"https://cadran:{_NAME}@collecteur:4318/v1/traces"),
        OSError(f"GET /?token={_NAME}"),
        OSError("Authorization: Bearer Dupont"),
    ],
    ids=["database", "validation", "address", "query", "header"],
)
def test_an_error_is_logged_without_what_it_was_given(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    structlog.get_logger().warning("failed", error=str(error))
    structlog.get_logger().warning("failed", error=repr(error))
    try:
        _fail(error)
    except type(error):
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 3
    assert _NAME not in out
    assert type(error).__name__ in out
