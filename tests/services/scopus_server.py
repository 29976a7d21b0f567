"""A Scopus Search of this machine, of invented content: it pages, entitles, counts and fails as Elsevier's does."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

KEY, TOKEN = "clef-de-scopus-0123456789abcdef", "jeton-de-l-institution-fedcba"
Entry = dict[str, Any]
_COMPLETE_ONLY = ("author", "author-count")
_WORDS = ("Tidal kelp", "Bread ovens", "Whistled grammars", "Frozen harbours", "Moss bicycles", "Ceramic lungs")


def entry(number: int, **changed: Any) -> Entry:
    """An article of two authors, of the view COMPLETE."""
    paris, oslo = affiliation("60000001", "École Alpha"), affiliation("60000002", "University of Nowhere")
    return {
        "@_fa": "true",
        "dc:identifier": f"SCOPUS_ID:{85000000000 + number}",
        "eid": f"2-s2.0-{85000000000 + number}",
        "dc:title": f"{_WORDS[number % len(_WORDS)]} and CO<inf>2</inf>, study number {number}",
        "dc:creator": "Perrin A.",
        "prism:publicationName": "Journal of Invented Results",
        "prism:issn": "12345678",
        "prism:volume": "12",
        "prism:pageRange": None,
        "article-number": f"e{number}",
        "prism:coverDate": "2024-03-01",
        "prism:doi": f"10.1234/invented.{number}",
        "citedby-count": "3",
        "affiliation": [paris, oslo],
        "subtype": "ar",
        "subtypeDescription": "Article",
        "openaccess": "0",
        "openaccessFlag": False,
        "author-count": {"@limit": "100", "@total": "2", "$": "2"},
        "author": [author(1, "Perrin", "Anne", "60000001"), author(2, "Morel", "Basile", "60000002")],
    } | changed


def affiliation(afid: str, name: str, city: str = "Paris", country: str = "France") -> Entry:
    place = {"affilname": name, "affiliation-city": city, "affiliation-country": country}
    return {"@_fa": "true", **place, **({"afid": afid} if afid else {})}


def author(rank: int, surname: str, given: str, *afids: str) -> Entry:
    return {
        "@_fa": "true",
        "@seq": str(rank),
        "authid": str(57000000000 + rank),
        "authname": f"{surname} {given[0]}.",
        "surname": surname,
        "given-name": given,
        "initials": f"{given[0]}.",
        "afid": [{"@_fa": "true", "$": each} for each in afids],
    }


def error(status: int, code: str, text: str, **headers: str) -> JSONResponse:
    body = {"service-error": {"status": {"statusCode": code, "statusText": text}}}
    return JSONResponse(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


EXCEEDED = error(429, "QUOTA_EXCEEDED", "Quota Exceeded", X_ELS_Status="QUOTA_EXCEEDED - Quota Exceeded",
                 X_RateLimit_Remaining="0", X_RateLimit_Reset="1778544000000")  # fmt: skip
"""Whole again on 12 May 2026 at 0 h, in milliseconds."""


@dataclass
class ScopusServer:
    """Answers from `entries`; `troubles` answer requests by rank (from 1) instead, or hold them back where none."""

    entries: Sequence[Entry] = ()
    announced: int | None = None
    largest_page: int = 200
    most: int = 200
    is_complete: bool = True
    has_cursor: bool = True
    troubles: dict[int, Response | None] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    hanging: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        assert request.url.path == "/content/search/scopus"
        self.asked.append(dict(request.query_params))
        self.headers.append(dict(request.headers))
        answer = self.troubles.get(len(self.asked), self._answer(dict(request.query_params), request.headers))
        if answer is None:
            self.hanging.set()
            await self.released.wait()
            answer = self._answer(dict(request.query_params), request.headers)
        await answer(scope, receive, send)

    @property
    def positions(self) -> list[str]:
        """Where each page asked for begins."""
        return [each.get("cursor") or each["start"] for each in self.asked]

    def _answer(self, asked: dict[str, str], headers: Any) -> Response:
        if headers.get("X-ELS-APIKey") != KEY:
            return error(401, "APIKEY_INVALID", f"Invalid API Key: {headers.get('X-ELS-APIKey')}")
        return self._refusal(asked) or self._page(asked)

    def _refusal(self, asked: dict[str, str]) -> Response | None:
        if asked["view"] == "COMPLETE" and not self.is_complete:
            return error(401, "AUTHORIZATION_ERROR", "The requestor is not authorized to access the requested view")
        if "cursor" in asked and not self.has_cursor:
            return error(403, "AUTHORIZATION_ERROR", "Use of the cursor parameter is restricted")
        if int(asked["count"]) > self.most:
            return error(400, "INVALID_INPUT", "Exceeds the maximum number allowed for the service level")
        if int(asked.get("start", 0)) + int(asked["count"]) > 5000:
            return error(400, "INVALID_INPUT", "Exceeds the number of search results")
        return None

    def _page(self, asked: dict[str, str]) -> Response:
        cursor = asked.get("cursor", "")
        start = (
            int(asked.get("start", 0)) if not cursor else int(cursor.removeprefix("Ab=/+") or 0) if cursor != "*" else 0
        )
        size = min(int(asked["count"]), self.largest_page)
        found = [_in_view(each, asked["view"]) for each in self.entries[start : start + size]]
        total = len(self.entries) if self.announced is None else self.announced
        results = {
            "opensearch:totalResults": str(total),
            "opensearch:startIndex": str(start),
            "opensearch:itemsPerPage": str(len(found)),
            "cursor": {"@current": cursor, "@next": f"Ab=/+{start + len(found)}"},
            "entry": _shaped(found),
        }
        left = str(20_000 - len(self.asked))
        return JSONResponse(
            {"search-results": results}, headers={"X-RateLimit-Remaining": left, "X-RateLimit-Reset": "1778544000"}
        )


def _in_view(each: Entry, view: str) -> Entry:
    return each if view == "COMPLETE" else {name: each[name] for name in each if name not in _COMPLETE_ONLY}


def _shaped(found: list[Entry]) -> Any:
    """As Scopus writes none, and as it may write one."""
    if not found:
        return [{"@_fa": "true", "error": "Result set was empty"}]
    return found[0] if len(found) == 1 else found
