"""What errors quote over several lines stays out of the log, and what an event that is set aside says does too."""

import json
from typing import Any

import pytest
import structlog
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError

from services.gateway.consumer import Consumer
from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from shared.telemetry import configure_logs
from tests.facts import TOPIC, message, observation
from tests.reading import parked

from .parking_scene import Mended

NAME = "Dupont"
LINES = f"a\n{NAME}\n\\n{NAME}"


class Person(BaseModel):
    age: int
    size: int = 0


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


def validation() -> Exception:
    try:
        Person.model_validate({"age": LINES, "size": f", input_type={NAME}"})
    except ValueError as error:
        return error
    raise AssertionError


def database_says(said: str) -> Exception:
    return DBAPIError("INSERT INTO persons VALUES (:name)", {"name": LINES}, Exception(said))


QUOTING = {
    "a validator": validation(),
    "an argument": database_says(f"invalid input for query argument $14: {LINES!r} (expected int, got str)"),
    "a detail": database_says(f"duplicate key value\nDETAIL:  Key (name)=({LINES}) already exists."),
    "the parameters": database_says("server error"),
}


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("error", QUOTING.values(), ids=QUOTING)
def test_a_quoted_text_of_several_lines_is_not_in_the_log(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    log = structlog.get_logger()
    log.warning("failed", error=str(error))
    log.warning("failed", error=repr(error))
    log.warning("failed", error=repr(repr(error)))
    log.error("failed", exc_info=error)
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 4
    assert NAME not in out


def test_each_field_that_a_validator_refused_is_still_named(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    structlog.get_logger().warning("failed", error=str(validation()))
    (line,) = logged(capsys)
    assert line["error"].count("input_value=…, input_type=str]") == 2
    assert "\nsize\n" in line["error"]


def test_what_came_of_an_error_is_still_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    try:
        try:
            raise QUOTING["a detail"]
        except DBAPIError as error:
            raise RuntimeError("le compte n’est pas fait") from error
    except RuntimeError as error:
        structlog.get_logger().error("failed", exc_info=error)
    (line,) = logged(capsys)
    assert line["exception"].endswith("RuntimeError: le compte n’est pas fait")
    assert NAME not in line["exception"]


async def test_the_reason_of_unreadable_data_says_where_and_never_what_stands_there(database: Database) -> None:
    value = json.dumps({"version": LINES, "id": "1", "year": {"nom": NAME}}).encode()
    await Consumer(database).take([message(observation(), 0, value=value)])
    ((_, reason),) = await parked(database)
    assert reason.startswith("données non conformes à fr.imt.cadran.indicators.observation-recorded.v1 : version : ")
    assert " de plus" in reason
    assert NAME not in reason


async def test_the_log_of_unreadable_data_says_its_place_and_type(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs("json")
    await Consumer(database).take([message(observation(), 7, value=json.dumps({"version": LINES}).encode())])
    (line,) = [each for each in logged(capsys) if each["event"] == "event-parked"]
    assert (line["topic"], line["partition"], line["offset"]) == (TOPIC, 0, 7)
    assert line["cause"] == "données non conformes à fr.imt.cadran.indicators.observation-recorded.v1"
    assert "reason" not in line


async def test_the_log_of_a_projection_that_fails_names_the_error_alone(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    configure_logs("json")
    Mended(monkeypatch).broken(f"{NAME} " * 100)
    await Consumer(database).take([message(observation(), 0)])
    (line,) = [each for each in logged(capsys) if each["event"] == "event-parked"]
    assert line["cause"] == "la projection échoue : ZeroDivisionError"
