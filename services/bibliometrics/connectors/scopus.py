"""Asking Scopus Search: the best view and paging that the key is entitled to, until every result is there."""

from typing import Any

from services.bibliometrics.domain.publication import Record, Source
from services.bibliometrics.importing import json_fields
from services.bibliometrics.importing.json_fields import Object, object_in
from services.bibliometrics.importing.reading import Finding
from services.bibliometrics.importing.scopus import entries
from services.bibliometrics.importing.scopus.entry_values import listed

from . import refusals
from .asking import Answer, Asker, Request
from .entitlements import BEST, MOST_BY_RANK, lesser
from .paging import FailedError, Page, Position, Query
from .quotas import quota_of
from .settings import ScopusSettings

_PATH = "/content/search/scopus"
_NAME = "Scopus"


class Scopus:
    """The connector of Scopus Search."""

    source = Source.SCOPUS
    layout = "scopus-search-api"

    def __init__(self, asker: Asker, settings: ScopusSettings) -> None:
        self._asker = asker
        self._address = settings.base_url.rstrip("/") + _PATH
        self._key = settings.api_key.get_secret_value()
        self._token = settings.inst_token.get_secret_value()

    def beginning(self) -> Position:
        return BEST

    async def page(self, query: Query, position: Position, received: int) -> Page:
        """Raises WaitingError or FailedError."""
        answer, position, note = await self._entitled(query, position)
        results = _results(answer)
        total = json_fields.count(results.get("opensearch:totalResults"))
        if total is None:
            raise refusals.unreadable(_NAME, "combien il y a de résultats")
        if "start" in position and total > MOST_BY_RANK:
            message = f"{total} résultats, alors que la clef n’en donne que {MOST_BY_RANK} par recherche"
            raise FailedError(f"{message} : faites une recherche par année", is_final=True)
        count = len(_entries(results))
        return Page(
            body=answer.body,
            count=count,
            total=total,
            following=_following(results, position, count, total - received) if count else None,
            quota=quota_of(answer.headers),
            note=note,
        )

    async def _entitled(self, query: Query, position: Position) -> tuple[Answer, Position, str]:
        """The answer to the best request that the key is entitled to."""
        notes: list[str] = []
        while True:
            answer = await self._asker.get(self._request(query, position))
            if answer.is_read:
                return answer, position, " ; ".join(filter(None, notes))
            instead = lesser(position, answer)
            if instead is None:
                raise refusals.refusal(_NAME, answer)
            position = instead[0]
            notes.append(instead[1])

    def _request(self, query: Query, position: Position) -> Request:
        headers = {"Accept": "application/json", "X-ELS-APIKey": self._key}
        if self._token:
            headers["X-ELS-Insttoken"] = self._token
        return Request(
            address=self._address,
            parameters=[("query", query[0]), *position.items()],
            headers=headers,
            secrets=(self._key, self._token),
        )

    def entries(self, value: Any) -> list[Any]:
        return _entries(object_in(object_in(value).get("search-results")))

    def identifier(self, entry: Any) -> str:
        found = object_in(entry)
        return json_fields.first(found.get("eid")) or json_fields.first(found.get("dc:identifier"))

    def record_of(self, entry: Any) -> Record:
        return entries.record_of(entry)

    def remarks(self, records: list[Record]) -> list[Finding]:
        return entries.remarks(records)


def _results(answer: Answer) -> Object:
    results = object_in(answer.value.get("search-results"))
    if not results:
        raise refusals.refusal(_NAME, answer)
    return results


def _entries(results: Object) -> list[Any]:
    """The results, without the one that says that there is none."""
    return [each for each in listed(results.get("entry")) if not _says_none(each)]


def _says_none(entry: Any) -> bool:
    found = object_in(entry)
    return "error" in found and "eid" not in found and "dc:identifier" not in found


def _following(results: Object, position: Position, count: int, left: int) -> Position | None:
    """Where the next page begins: pages may be smaller than asked for."""
    if count >= left:
        return None
    if "start" in position:
        start = int(position["start"]) + count
        return {**position, "start": str(start), "count": str(min(int(position["count"]), MOST_BY_RANK - start))}
    cursor = json_fields.text(object_in(results.get("cursor")).get("@next"))
    return {**position, "cursor": cursor} if cursor not in {"", position["cursor"]} else None
