"""What the tests of decisions, contestations and extractions ask of the service, and the pairs of records they use."""

import json
from itertools import groupby
from typing import Any

import httpx

from shared.database import Database

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from .bibliometrics_files import ALPHA, BETA, PERRIN, TITLES, paper, ref

V1 = calls.V1
Row = dict[str, Any]
NOBODY = "Institute of Nobody, Lima, Peru"
ONE, TWO, THREE, FOUR = ref(1), ref(2), ref(3), ref(4)


def alike() -> bytes:
    """Two records that nothing joins but titles of one letter's difference: School Alpha's, and School Beta's."""
    return files.scopus(
        paper(1, (PERRIN, ALPHA), DOI=""),
        paper(2, (60, BETA), DOI="", Title=TITLES[0].removesuffix("s")),
    )


def same_doi(**others: str) -> bytes:
    """Two records of one title and one DOI: one publication by rule."""
    twice = {"Title": TITLES[2], "DOI": "10.9999/inv.3"} | others
    return files.scopus(paper(3, (PERRIN, ALPHA), **twice), paper(4, (60, BETA), **twice))


async def decide(
    client: httpx.AsyncClient, left: str, right: str, verdict: str = "same", key: str = ""
) -> httpx.Response:
    body = {"left": left, "right": right, "verdict": verdict, "reason": "Relu"}
    return await client.post(f"{V1}/decisions", json=body, headers={"Idempotency-Key": key} if key else {})


async def decided(client: httpx.AsyncClient, left: str, right: str, verdict: str = "same") -> Row:
    return made(await decide(client, left, right, verdict))


async def withdraw(client: httpx.AsyncClient, decision: str, reason: str = "Erreur") -> httpx.Response:
    return await client.delete(f"{V1}/decisions/{decision}", params={"reason": reason})


async def review(client: httpx.AsyncClient) -> list[tuple[str, str]]:
    items = (await calls.ask(client, "review"))["items"]
    return [(each["left"]["ref"], each["right"]["ref"]) for each in items]


async def records(client: httpx.AsyncClient) -> list[list[str]]:
    """The records of each publication."""
    return sorted(each["refs"] for each in await calls.publications(client))


async def claim(
    client: httpx.AsyncClient,
    publication: str,
    entity: str,
    claim: str = "attributed",
    perimeter: str = "whole",
    **others: str,
) -> httpx.Response:
    body = {"contract": files.CODE, "publication": publication, "entity": entity, "claim": claim}
    return await client.post(
        f"{V1}/contestations", json=body | {"perimeter": perimeter, "reason": "Signature"} | others
    )


async def settle(client: httpx.AsyncClient, contestation: str, status: str = "accepted") -> httpx.Response:
    return await client.put(
        f"{V1}/contestations/{contestation}/decision", json={"status": status, "answer": "Après lecture"}
    )


async def accepted(
    client: httpx.AsyncClient, publication: str, entity: str, said: str = "attributed", perimeter: str = "whole"
) -> Row:
    """A contestation that was made, and accepted."""
    row = made(await claim(client, publication, entity, said, perimeter))
    answer = await settle(client, row["id"])
    assert answer.status_code == 200, answer.text
    found: Row = answer.json()
    return found


async def freeze(client: httpx.AsyncClient, code: str = "mai-2026", **others: Any) -> httpx.Response:
    body = {"contract": files.CODE, "code": code, "label": "Extraction d’essai"} | others
    return await client.post(f"{V1}/extractions", json=body)


async def frozen(client: httpx.AsyncClient, code: str = "mai-2026", **others: Any) -> Row:
    return made(await freeze(client, code, **others))


def made(answer: httpx.Response) -> Row:
    assert answer.status_code == 201, answer.text
    row: Row = answer.json()
    return row


async def signers(client: httpx.AsyncClient, publication: str) -> dict[str, bool]:
    """Who signs a publication, and whether with permanent staff."""
    found = (await client.get(f"{V1}/publications/{publication}")).json()
    return {each["entity"]: each["permanent"] for each in found["attributions"]}


async def counted(client: httpx.AsyncClient, **asked: Any) -> Row:
    """What is counted, but for how far was read."""
    found = await calls.counts(client, **asked)
    return {name: part for name, part in found.items() if name != "watermark"}


async def told(database: Database, after: int) -> list[tuple[str, int]]:
    """The events since one: of which kind, and how many in a row."""
    rows = [row for row in await calls.events(database) if row.id > after]
    kinds = [row.type.removeprefix("fr.imt.cadran.bibliometrics.") for row in rows]
    return [(kind, len(list(several))) for kind, several in groupby(kinds)]


async def values(database: Database, after: int, extraction: str = "current") -> list[tuple[str, str | None]]:
    """Each count that was told since an event, in the order in which they were."""
    rows = [row for row in await calls.events(database) if row.id > after and "count-recorded" in row.type]
    named = [(row.subject.partition(f"/{extraction}/")[2], json.loads(row.data)["value"]) for row in rows]
    return [(name, value) for name, value in named if name]
