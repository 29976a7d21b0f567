"""What the drill states, through the door, to each owner; and what it then has to see in the group's views."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

import httpx

from tests.conftest import COP
from tests.waiting import eventually

NEXT = "cop-2023-2027"
VIEWS = (
    f"/v1/contracts/{COP}/follow-up?year=2022",
    f"/v1/contracts/{COP}/reconciliation?year=2022",
    f"/v1/contracts/{COP}/milestones",
    f"/v1/contracts/{NEXT}/follow-up",
    f"/v1/contracts/{NEXT}/milestones",
    f"/v1/contracts/{NEXT}/bibliometrics",
)
_STUDENTS = {"contract": COP, "indicator": "students", "entity": "imt", "year": 2022}
_OBSERVATIONS = "/indicators/v1/observations"
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Statement:
    """A write, the view that it reaches, and the words by which it is known there."""

    method: str
    path: str
    body: dict[str, Any]
    view: str
    sign: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Caller:
    """A steward at one door; `made` is what was acknowledged there."""

    door: str
    token: str
    made: list[Statement] = field(default_factory=list)

    async def ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", **sent.pop("headers", {})}
        async with httpx.AsyncClient(base_url=self.door, timeout=30) as client:
            return await client.request(method, path, headers=headers, **sent)

    async def send(self, statement: Statement) -> httpx.Response:
        return await self.ask(
            statement.method, statement.path, json=statement.body, headers=statement.headers, timeout=60
        )

    async def state(self, statement: Statement, *, within: float = 90) -> httpx.Response:
        """Sent again under the same key until it is taken: what was done is not done twice."""

        async def taken() -> httpx.Response | None:
            try:
                answer = await self.send(statement)
            except httpx.TransportError:
                return None
            assert answer.status_code < 500 or answer.status_code in {502, 503, 504}, answer.text
            assert answer.is_success or answer.status_code >= 500, answer.text
            return answer if answer.is_success else None

        answer = await eventually(taken, within=within)
        assert answer
        self.made.append(statement)
        return answer

    async def sees(self, statement: Statement, *, within: float = 90) -> None:
        async def seen() -> bool:
            try:
                answer = await self.ask("GET", statement.view)
            except httpx.TransportError:
                return False
            return answer.is_success and statement.sign in answer.text

        assert await eventually(seen, within=within)

    async def states_and_sees(self, statement: Statement) -> None:
        await self.state(statement)
        await self.sees(statement)

    async def correction(self) -> Statement:
        """Another value of the group's students in 2022, over the version that stands."""

        async def known() -> Any:
            try:
                answer = await self.ask("GET", _OBSERVATIONS, params=_STUDENTS)
            except httpx.TransportError:
                return None
            return answer.json()["items"][0] if answer.is_success else None

        stands = await eventually(known, within=90)
        return corrected(stands)

    async def views(self) -> dict[str, Any]:
        """Every view as it stands, but for its watermarks and how far they are."""
        answers = {path: await self.ask("GET", path) for path in VIEWS}
        assert {answer.status_code for answer in answers.values()} == {200}
        return {path: unmarked(answer.json()) for path, answer in answers.items()}


def corrected(stands: dict[str, Any]) -> Statement:
    value = f"13606.{next(_numbers):02}"
    body = {"value": value, "source": "Essai", "reason": "essai de mise en service"}
    return Statement(
        "PUT",
        f"{_OBSERVATIONS}/{stands['id']}",
        body,
        VIEWS[0],
        f'"{value}"',
        keyed() | {"If-Match": f'"{stands["version"]}"'},
    )


def new_step() -> Statement:
    code = f"essai-{next(_numbers)}"
    body = {"line": "J1.1", "code": code, "year": 2021, "title": f"Titre {code}", "source": "Essai", "reason": "essai"}
    return Statement(
        "POST", f"/milestones/v1/contracts/{COP}/steps", body, VIEWS[2], json.dumps(body["title"]), keyed()
    )


def new_extraction() -> Statement:
    """It freezes what is counted, which an imported file made something."""
    code = f"essai-{next(_numbers)}"
    body = {"contract": NEXT, "code": code, "label": f"Extraction {code}"}
    return Statement("POST", "/bibliometrics/v1/extractions", body, VIEWS[5], json.dumps(code), keyed())


def keyed() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex}


def unmarked(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: unmarked(value) for key, value in told.items() if key != "watermark"}
    return [unmarked(each) for each in told] if isinstance(told, list) else told
