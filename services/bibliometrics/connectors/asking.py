"""Asking a source over HTTP: at its pace, again when it stumbles, never where it redirects; keys are never repeated."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from . import quotas
from .clock import Clock, Pace
from .paging import FailedError, WaitingError

_PAUSES = (1.0, 2.0, 4.0)  # seconds before each new try
_LONGEST_PAUSE = 10
_LONG_PAUSE = 60  # seconds to wait for where too many requests were made, unless the source says
_LARGEST = 64 * 1024 * 1024  # bytes of an answer
_HIDDEN = "…"
_TOO_MANY, _BROKEN = 429, 500


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its status, its headers, its text without keys, and the JSON in it (none where it holds none)."""

    status: int
    headers: Mapping[str, str]
    body: str
    value: Any

    @property
    def is_read(self) -> bool:
        return self.status == httpx.codes.OK and isinstance(self.value, dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked; `secrets` are taken out of whatever comes back."""

    address: str
    parameters: Sequence[tuple[str, str]]
    headers: Mapping[str, str]
    secrets: Sequence[str] = ()


class _StumbledError(Exception):
    """What may pass when asked again, as a sentence; with the answer, where there was one."""

    def __init__(self, sentence: str, answer: Answer | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.answer = answer

    @property
    def pause(self) -> int:
        """How many seconds the source asks to wait for."""
        return (quotas.retry_after(self.answer.headers) or 0) if self.answer else 0


class Asker:
    """Asks one source."""

    def __init__(self, client: httpx.AsyncClient, pace: Pace, clock: Clock, *, seconds: float) -> None:
        self._client = client
        self._pace = pace
        self._clock = clock
        self._seconds = seconds

    async def get(self, request: Request) -> Answer:
        """The answer, whatever its status below 500. Raises WaitingError, or FailedError after several tries."""
        built = self._built(request)
        stumble = await self._tried(built, request.secrets)
        for pause in _PAUSES:
            if isinstance(stumble, Answer):
                break
            await self._clock.sleep(max(pause, min(stumble.pause, _LONGEST_PAUSE)))
            stumble = await self._tried(built, request.secrets)
        if isinstance(stumble, Answer):
            return stumble
        raise self._given_up(stumble)

    def _built(self, request: Request) -> httpx.Request:
        try:
            parameters = urlencode(list(request.parameters), quote_via=quote)
            return self._client.build_request("GET", request.address, params=parameters, headers=dict(request.headers))
        except httpx.InvalidURL as error:
            raise FailedError("la recherche est trop longue : découpez-la", is_final=True) from error

    async def _tried(self, built: httpx.Request, secrets: Sequence[str]) -> "Answer | _StumbledError":
        try:
            answer = _answer(*await self._sent(built), secrets)
            self._check(answer)
        except _StumbledError as error:
            return error
        return answer

    async def _sent(self, built: httpx.Request) -> tuple[httpx.Response, bytes]:
        await self._pace.turn()
        try:
            async with asyncio.timeout(self._seconds):
                response = await self._client.send(built, stream=True)
                try:
                    return response, await _body(response)
                finally:
                    await response.aclose()
        except (TimeoutError, httpx.TimeoutException) as error:
            raise _StumbledError(f"la source n’a pas répondu en {self._seconds:g} s") from error
        except httpx.RequestError as error:
            raise _StumbledError(f"la source est injoignable ({type(error).__name__})") from error

    def _check(self, answer: Answer) -> None:
        """Raises WaitingError where the quota is used up, and what is worth asking for again."""
        if answer.status >= _BROKEN:
            raise _StumbledError(f"la source est en panne (HTTP {answer.status})", answer)
        if answer.status == httpx.codes.OK and not answer.is_read:
            raise _StumbledError("la source a répondu autre chose que du JSON", answer)
        if answer.status != _TOO_MANY:
            return
        if not quotas.is_exceeded(answer.headers):
            raise _StumbledError("la source reçoit trop de requêtes", answer)
        quota = quotas.quota_of(answer.headers)
        raise WaitingError("le quota de la clef est épuisé : reprenez quand il sera rétabli", quota.resets_at, quota)

    def _given_up(self, stumble: _StumbledError) -> WaitingError | FailedError:
        if stumble.answer and stumble.answer.status == _TOO_MANY:
            until = self._clock.now() + timedelta(seconds=stumble.pause or _LONG_PAUSE)
            return WaitingError(f"{stumble.sentence} : reprenez plus tard", until, quotas.quota_of({}))
        return FailedError(f"{stumble.sentence}, après {len(_PAUSES) + 1} essais : reprenez plus tard")


async def _body(response: httpx.Response) -> bytes:
    """Raises FailedError on an answer that is larger than any page, or elsewhere."""
    if response.is_redirect:
        raise FailedError(
            "la source renvoie à une autre adresse, ce qui n’est pas suivi : vérifiez celle du connecteur (BASE_URL)"
        )
    read = bytearray()
    async for block in response.aiter_bytes():
        read += block
        if len(read) > _LARGEST:
            raise FailedError(f"la réponse dépasse {_LARGEST // 1024 // 1024} Mio : précisez la recherche")
    return bytes(read)


def _answer(response: httpx.Response, body: bytes, secrets: Sequence[str]) -> Answer:
    text = body.decode("utf-8", "replace")
    for secret in filter(None, secrets):
        text = text.replace(secret, _HIDDEN)
    return Answer(response.status_code, response.headers, text, _value(text) if _is_sound(body) else None)


def _is_sound(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
