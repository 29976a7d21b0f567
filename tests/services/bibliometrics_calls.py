"""What the tests of bibliometrics ask of it: to import, to count, to list to the end, and which events it keeps."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from services.bibliometrics.app import create_app
from services.bibliometrics.tables import SCHEMA
from shared.database import Database
from shared.outbox import OutboxRow
from tests.databases import Databases, Folder
from tests.postgresql import Server

from . import bibliometrics_files as files
from .conftest import Service, service_on

V1 = "/bibliometrics/v1"
MAX_UPLOAD = 32 * 1024 * 1024
Row = dict[str, Any]


async def service(databases: Databases, folder: Path, max_upload: int = MAX_UPLOAD) -> Service:
    """The service alone, without a contract."""
    return service_on(await databases.migrated(SCHEMA), folder, partial(create_app, max_upload=max_upload))


@asynccontextmanager
async def opened(place: Folder | Server, folder: Path) -> AsyncIterator[Service]:
    """The service alone for a whole module."""
    databases = Databases(place)
    yield await service(databases, folder)
    await databases.close()


async def send(
    client: httpx.AsyncClient, source: str, content: bytes, name: str = "export", key: str = "", **fields: str
) -> httpx.Response:
    """A file as a form sends it; `fields` are the form's others, `key` the Idempotency-Key."""
    headers = {"Idempotency-Key": key} if key else {}
    data = {"source": source, **fields}
    return await client.post(f"{V1}/imports", data=data, files={"file": (name, content)}, headers=headers, timeout=120)


async def take(client: httpx.AsyncClient, source: str, content: bytes, **fields: str) -> Row:
    """The report of a file that is taken in, or would be."""
    answer = await send(client, source, content, **fields)
    assert answer.status_code == 200, answer.text
    report: Row = answer.json()
    assert report["received"] == sum(numbers(report)), report
    return report


def plain(text: str) -> str:
    """A sentence with the spaces of a keyboard."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def numbers(report: Row) -> tuple[int, ...]:
    """Created, updated, unchanged, duplicates, rejected."""
    return tuple(report[name] for name in ("created", "updated", "unchanged", "duplicates", "rejected"))


async def refuse(client: httpx.AsyncClient, source: str, content: bytes, **fields: str) -> Row:
    """The problem that answers a file which is refused."""
    answer = await send(client, source, content, **fields)
    assert answer.status_code == 422, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem: Row = answer.json()
    return problem


async def load(client: httpx.AsyncClient, package: files.Package | None = None) -> Row:
    answer = await client.put(files.CONTRACT, json=package or files.package())
    assert answer.status_code == 200, answer.text
    plan: Row = answer.json()
    return plan


async def ask(client: httpx.AsyncClient, path: str, **asked: Any) -> Row:
    answer = await client.get(f"{V1}/{path}", params=asked)
    assert answer.status_code == 200, answer.text
    found: Row = answer.json()
    return found


async def counts(client: httpx.AsyncClient, **asked: Any) -> Row:
    return await ask(client, "counts", **asked)


async def watermark(client: httpx.AsyncClient) -> str:
    return str((await counts(client))["watermark"])


def by_entity(found: Row, what: str = "count") -> Row:
    return {each["entity"]: each[what] for each in found["entities"]}


def together(found: Row) -> tuple[int, int, int]:
    """Σ, what it counts more than once, and each publication once."""
    return found["sum"], found["overlap"], found["distinct"]


def pairs(found: Row) -> dict[tuple[str, str], int]:
    return {(each["first"], each["second"]): each["count"] for each in found["matrix"]}


async def publications(client: httpx.AsyncClient, limit: int = 100, **asked: Any) -> list[Row]:
    """All of them, page after page."""
    found: list[Row] = []
    following: dict[str, str] = {}
    while True:
        page = await ask(client, "publications", limit=limit, **asked, **following)
        found += page["items"]
        if page["next"] is None:
            return found
        following = {"after": page["next"]}


async def ids(client: httpx.AsyncClient, limit: int = 100, **asked: Any) -> list[str]:
    return sorted(each["id"] for each in await publications(client, limit, **asked))


async def events(database: Database) -> list[OutboxRow]:
    async with database.reading() as session:
        return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


async def told(database: Database, after: int = 0) -> dict[str, Any]:
    """The counts told since an event, as « publications/whole/2023/alpha » and the value; each once, and no other."""
    rows = [row for row in await events(database) if row.id > after]
    assert all(row.type.endswith("count-recorded.v1") for row in rows), [row.type for row in rows]
    found = {row.subject.split("/current/")[1]: json.loads(row.data)["value"] for row in rows}
    assert len(found) == len(rows)
    return found


async def last_event(database: Database) -> int:
    return max((row.id for row in await events(database)), default=0)


async def state(client: httpx.AsyncClient) -> Row:
    """All that a change of the corpus could show."""
    return {
        "imports": (await ask(client, "imports"))["items"],
        "publications": await publications(client),
        "watermark": await watermark(client),
    }
