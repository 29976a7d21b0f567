"""Writers that remember: which of their writes were acknowledged, and which were in doubt when the connection died."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import httpx

from tests.conftest import COP

Statements = Mapping[tuple[str, int], Decimal | None]
_ALL = f"/indicators/v1/contracts/{COP}/observations"
_ONE = "/indicators/v1/observations"
_ENOUGH = 400
_DOUBTFUL = {502, 504}  # the door's own words for a connection that died behind it


@dataclass(frozen=True, slots=True)
class Write:
    """One request, and what it states: values by the perimeter of their observation and the version that they make."""

    statements: Statements
    request: httpx.Request


@dataclass(slots=True)
class Ledger:
    """`ids` are the observations known by their answers, by perimeter."""

    acknowledged: list[Write] = field(default_factory=list)
    in_doubt: list[Write] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    async def send(self, client: httpx.AsyncClient, write: Write) -> bool:
        """Whether it was answered. Fails on an answer that says anything else than what was stated."""
        try:
            answer = await client.send(write.request)
        except httpx.TransportError:
            answer = httpx.Response(httpx.codes.BAD_GATEWAY)
        if answer.status_code in _DOUBTFUL:
            self.in_doubt.append(write)
            return False
        assert answer.is_success, answer.text
        self._check(answer.json(), write)
        self.acknowledged.append(write)
        return True

    def _check(self, body: Mapping[str, Any], write: Write) -> None:
        if "id" not in body:
            assert body["received"] == len(write.statements)
            return
        self.ids[body["perimeter"]] = body["id"]
        assert {(body["perimeter"], body["version"]): Decimal(body["value"])} == write.statements

    async def send_again(self, client: httpx.AsyncClient) -> None:
        """What is in doubt, with the keys that it had: what was done is not done twice."""
        doubts, self.in_doubt = self.in_doubt, []
        for write in doubts:
            assert await self.send(client, write)


@dataclass(slots=True)
class Writer:
    """Records, corrects and imports observations of its own, at random but for the seed."""

    name: str
    chance: random.Random
    ledger: Ledger
    versions: dict[str, int] = field(default_factory=dict)
    count: int = 0

    async def write_until_death(self, client: httpx.AsyncClient) -> None:
        """Fails where the instance outlives so many writes: the bomb has not gone off."""
        for _ in range(_ENOUGH):
            if not await self.ledger.send(client, self._next(client)):
                return
        raise AssertionError(f"{self.name} wrote {_ENOUGH} times")

    def _next(self, client: httpx.AsyncClient) -> Write:
        known = [perimeter for perimeter in self.versions if perimeter in self.ledger.ids]
        kind = self.chance.choice([self._record, self._import, self._correct] if known else [self._record])
        return kind(client)

    def _record(self, client: httpx.AsyncClient) -> Write:
        row = self._row()
        return self._write(client, "POST", _ONE, [row], row | {"contract": COP})

    def _import(self, client: httpx.AsyncClient) -> Write:
        rows = [self._row() for _ in range(self.chance.randint(2, 9))]
        return self._write(client, "POST", _ALL, rows, {"rows": rows})

    def _correct(self, client: httpx.AsyncClient) -> Write:
        perimeter = self.chance.choice([perimeter for perimeter in self.versions if perimeter in self.ledger.ids])
        row = {"perimeter": perimeter, "value": self._value()}
        body = {"value": row["value"], "source": "Essai", "reason": "correction"}
        headers = {"If-Match": f'"{self.versions[perimeter]}"'}
        return self._write(client, "PUT", f"{_ONE}/{self.ledger.ids[perimeter]}", [row], body, **headers)

    def _row(self) -> dict[str, Any]:
        self.count += 1
        perimeter, year = f"{self.name}-{self.count}", self.chance.randint(2010, 2030)
        return {"indicator": "students", "entity": "imt", "year": year, "perimeter": perimeter, "value": self._value(),
                "source": "Essai"}  # fmt: skip

    def _value(self) -> str:
        return f"{self.chance.randint(0, 99999)}.{self.chance.randint(0, 99):02}"

    def _write(
        self, client: httpx.AsyncClient, method: str, url: str, rows: list[Any], body: Any, **headers: str
    ) -> Write:
        statements = {(row["perimeter"], self._version(row["perimeter"])): Decimal(row["value"]) for row in rows}
        key = {"Idempotency-Key": f"{self.name}-{self.chance.getrandbits(64):x}"}
        return Write(statements, client.build_request(method, url, json=body, headers=key | headers))

    def _version(self, perimeter: str) -> int:
        self.versions[perimeter] = self.versions.get(perimeter, 0) + 1
        return self.versions[perimeter]


async def write_until_death(client: httpx.AsyncClient, writers: list[Writer]) -> None:
    await asyncio.gather(*(writer.write_until_death(client) for writer in writers))
