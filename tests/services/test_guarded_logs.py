"""Nothing secret or personal is logged: no token, no password, no subject, no value, whatever goes wrong."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import insert, text

from shared.database import Database
from shared.idempotency import IdempotencyRow
from shared.settings import Limits
from shared.telemetry import configure_logs
from tests.conftest import World

from .conftest import OBSERVATIONS, Service, service_on
from .essai import CODE, observed
from .guarded_app import guarded, served

SUBJECT, VALUE, SOURCE, PASSWORD = "personne-7f3a", "73190.25", "Relevé confidentiel 8c1d", "mot-de-passe-51e0"
NEW = {"contract": CODE, **observed("visitors", "nord", 2022, VALUE), "source": SOURCE}


class Lines(logging.Handler):
    """All that libraries say, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(logging.Formatter().format(record))


class Journal:
    """What was logged since it was last read: our own lines, and those of libraries from warnings on."""

    def __init__(self, capsys: pytest.CaptureFixture[str], lines: Lines) -> None:
        self._capsys, self._lines = capsys, lines

    def read(self) -> str:
        told = self._capsys.readouterr()
        said, self._lines.said = self._lines.said, []
        return "\n".join([told.out, told.err, *said])


@pytest.fixture
def journal(capsys: pytest.CaptureFixture[str]) -> Iterator[Journal]:
    configure_logs("json", "debug")
    lines, root = Lines(), logging.getLogger()
    lines.setLevel(logging.WARNING)
    root.addHandler(lines)
    yield Journal(capsys, lines)
    root.removeHandler(lines)
    configure_logs("json")


def check(told: str, *events: str, also: tuple[str, ...] = ()) -> None:
    """These events were logged, each line is an object, and nothing of what is secret is in any."""
    logged = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    assert {*events} <= {line["event"] for line in logged}, told
    for secret in (SUBJECT, VALUE, SOURCE, PASSWORD, *also):
        assert secret not in told


@pytest.fixture
async def caller(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("steward", subject=SUBJECT) as client:
        yield client


def bearer(client: httpx.AsyncClient) -> tuple[str, ...]:
    """The token, and what of it tells who bears it."""
    token = client.headers["Authorization"].removeprefix("Bearer ")
    return (token, *token.split(".")[1:])


async def test_writes_that_pass_and_writes_that_are_refused(caller: httpx.AsyncClient, journal: Journal) -> None:
    headers = {"Idempotency-Key": SOURCE.encode().hex()}
    answers = await asyncio.gather(*(caller.post(OBSERVATIONS, json=NEW) for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    for wrong in ({"value": f"{VALUE}x"}, {"entity": SUBJECT}, {"source": f"{SOURCE}\0"}, {"year": VALUE}):
        assert (await caller.post(OBSERVATIONS, json=NEW | wrong, headers=headers)).status_code == 422
    assert (await caller.get(OBSERVATIONS, params={"entity": SUBJECT})).status_code < 500
    check(journal.read(), "request", also=(*bearer(caller), headers["Idempotency-Key"]))


async def test_what_the_database_says_of_a_race_or_of_a_value(
    service: Service, caller: httpx.AsyncClient, journal: Journal
) -> None:
    row = {"caller": SUBJECT, "key": VALUE, "fingerprint": "", "status": 0, "body": SOURCE}

    @service.app.post("/race")
    async def race() -> None:
        async with service.database.transaction() as session:
            await session.execute(insert(IdempotencyRow).values(row))  # without its instant

    @service.app.post("/wrong")
    async def wrong() -> None:
        async with service.database.transaction() as session:
            await session.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": SUBJECT})

    assert (await caller.post("/race")).status_code == 409
    assert (await caller.post("/wrong")).status_code in {500, 503}
    told = journal.read()
    check(told, "write-race", also=bearer(caller))
    assert "IntegrityError" in told


async def test_a_database_that_is_away(tmp_path: Path, journal: Journal) -> None:
    database = Database(f"postgresql+asyncpg://cadran:{PASSWORD}@127.0.0.1:9/cadran")
    service = service_on(database, tmp_path)
    async with service.client("steward", subject=SUBJECT) as client:
        assert (await client.post(OBSERVATIONS, json=NEW)).status_code == 503
        assert (await client.get("/health/ready")).status_code == 503
    await database.close()
    check(journal.read(), "database-unavailable", "not-ready", also=bearer(client))


async def test_a_link_for_signing_in(still_world: World, journal: Journal) -> None:
    token = still_world.system.issuer.token(subject=SUBJECT, roles=["reader"])
    async with still_world.client() as client:
        assert (await client.get("/", params={"token": token})).status_code == 303
        assert (await client.get("/", params={"token": f"{token}x"})).status_code == 401
        assert (await client.get("/v1/contracts", headers={"Authorization": f"Bearer {token}x"})).status_code == 401
    check(journal.read(), "request", also=(token, token.split(".")[1]))


async def test_what_nobody_foresaw_as_it_is_served(journal: Journal) -> None:
    with guarded(Limits()) as scene:

        @scene.app.get("/burst")
        async def burst() -> None:
            try:
                int(VALUE)
            except ValueError as error:
                raise RuntimeError(f"{SUBJECT} wrote {SOURCE}") from error

        async with served(scene) as (host, port), httpx.AsyncClient() as client:
            answer = await client.get(f"http://{host}:{port}/burst", headers=scene.bearing(SUBJECT))
    told = journal.read()
    check(told, "unexpected", also=(answer.request.headers["Authorization"],))
    assert answer.status_code == 500
    assert "RuntimeError < ValueError" in told
    assert f"{Path(__file__).name}:" in told  # where it was raised
