"""The events that the views could not take, over HTTP: listed, shown, taken in again, or dismissed."""

from collections.abc import AsyncIterator, Iterator, Mapping
from http import HTTPStatus
from typing import Any

import httpx

from .reaching import ask, body_of, refusal

_PATH = "/v1/parked-events"
_PATIENCE_SECONDS = 1800
_DONE = {
    "projected": "pris dans les vues",
    "superseded": "les vues ont déjà cette version, ou une plus récente : il n’est plus attendu",
    "kept": "toujours mis de côté",
}


async def listed(client: httpx.AsyncClient) -> AsyncIterator[str]:
    """Each parked event on a line. Raises RefusedError."""
    after: str | None = None
    found = False
    while True:
        page = await _told(client, "GET", _PATH, params={"limit": 200} | ({"after": after} if after else {}))
        for each in page["items"]:
            found = True
            yield f"{_place(each)}, le {each['parked_at']} : {each['reason']}"
        after = page["next"]
        if after is None:
            break
    if not found:
        yield "Aucun événement n’est mis de côté."


async def shown(client: httpx.AsyncClient, number: int) -> list[str]:
    """One parked event, whole. Raises RefusedError."""
    each = await _told(client, "GET", f"{_PATH}/{number}")
    headers = [f"  {name} : {text}" for name, text in each["headers"]]
    return [
        f"{_place(each)}, le {each['parked_at']}",
        f"motif : {each['reason']}",
        f"clef : {each['key'] or 'aucune'}",
        "en-têtes :" if headers else "en-têtes : aucun",
        *headers,
        f"corps : {each['value'] or 'aucun'}",
    ]


async def replayed(client: httpx.AsyncClient, number: int | None) -> tuple[list[str], bool]:
    """What became of one, or of all of them; whether none is left. Raises RefusedError."""
    if number is None:
        report = await _told(client, "POST", f"{_PATH}/replay")
        return list(_reported(report)), report["kept"] == 0
    each = await _told(client, "POST", f"{_PATH}/{number}/replay")
    return [_outcome(each)], each["outcome"] != "kept"


def _reported(report: Mapping[str, Any]) -> Iterator[str]:
    for each in report["left"]:
        yield _outcome(each)
    if report["kept"] > len(report["left"]):
        yield f"et {report['kept'] - len(report['left'])} autre(s)"
    told = f"{report['projected']} pris dans les vues, {report['superseded']} déjà dépassé(s)"
    yield f"{told}, {report['kept']} toujours mis de côté."


def _outcome(each: Mapping[str, Any]) -> str:
    why = f" : {each['reason']}" if each["reason"] else ""
    return f"{_place(each)} : {_DONE[each['outcome']]}{why}"


async def dismissed(client: httpx.AsyncClient, number: int, reason: str) -> str:
    """Raises RefusedError."""
    answer = await ask(client, "DELETE", f"{_PATH}/{number}", params={"reason": reason})
    if answer.status_code != HTTPStatus.NO_CONTENT:
        raise refusal(answer)
    return f"n° {number} : il n’est plus attendu ; son motif est gardé."


async def _told(client: httpx.AsyncClient, method: str, path: str, **sent: Any) -> dict[str, Any]:
    answer = await ask(client, method, path, timeout=_PATIENCE_SECONDS, **sent)
    if answer.status_code != HTTPStatus.OK:
        raise refusal(answer)
    return body_of(answer)


def _place(each: Mapping[str, Any]) -> str:
    return f"n° {each['id']} ({each['topic']}, partition {each['partition']}, position {each['offset']})"
