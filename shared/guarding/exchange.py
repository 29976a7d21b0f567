"""One call and its answer as they pass: how much came in, whether the answer has begun, and why it is refused."""

import asyncio

from starlette.types import Message, Receive, Scope, Send

from shared.problems import CallTimeout, Overdue, Problem, TooLarge, respond

from .policies import Header, protect
from .rates import Rates

_UNAUTHENTICATED = 401


class Exchange:
    """What the application receives and sends through, in the place of the server's own."""

    __slots__ = (
        "_receive", "_scope", "_send", "address", "limit", "policy", "rates", "refusal", "seen", "started", "timer",
        "whole",
    )  # fmt: skip

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self.address = ""
        self.limit = 0
        self.policy: tuple[Header, ...] = ()
        self.rates: Rates | None = None
        self.refusal: Problem | None = None
        self.seen = 0
        self.started = False
        self.timer: asyncio.Timeout
        self.whole = True

    async def receive(self) -> Message:
        """Raises TooLarge where more came than this path takes."""
        message = await self._receive()
        if message["type"] == "http.request":
            self.seen += len(message.get("body", b""))
            self.whole = not message.get("more_body", False)
            if self.seen > self.limit:
                self.refusal = too_large(self.limit)
                raise self.refusal
        return message

    async def send(self, message: Message) -> None:
        """Passes on what is not refused. Changes nothing of the message: an answer from memory is sent again."""
        if not self.started:
            if self._is_refused(message):
                return
            message = self._begin(message)
        await self._send(message)

    def _is_refused(self, message: Message) -> bool:
        if self.rates and message.get("status") == _UNAUTHENTICATED:
            self.refusal = self.rates.refusal(self.address) or self.refusal
        return self.refusal is not None or self.timer.expired()

    def _begin(self, message: Message) -> Message:
        """The time is counted to the start of the answer."""
        self.timer.reschedule(None)
        self.started = True
        headers = protect(message.get("headers", ()), self.policy, scheme=self._scope["scheme"])
        return {**message, "headers": headers}

    async def end(self, seconds: float) -> None:
        """Say why the call was refused, where the answer had not begun."""
        if self.started:
            return
        problem = self._late(seconds) if self.timer.expired() else self.refusal
        if problem:
            await self._refuse(problem)

    def _late(self, seconds: float) -> Problem:
        if not self.whole:
            return CallTimeout(f"L’appel n’était pas arrivé en entier au bout de {seconds:g} s : renvoyez-le.")
        detail = f"Pas de réponse au bout de {seconds:g} s. Relisez avant de recommencer."
        return Overdue(detail, headers={"Retry-After": "2"})

    async def _refuse(self, problem: Problem) -> None:
        """A connection on which the rest of a body is still to come is of no more use."""
        answer = respond(problem)
        if not self.whole:
            answer.headers["Connection"] = "close"
        headers = protect(answer.raw_headers, self.policy, scheme=self._scope["scheme"])
        await self._send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
        await self._send({"type": "http.response.body", "body": bytes(answer.body)})


def too_large(limit: int) -> TooLarge:
    return TooLarge(f"Un envoi ne dépasse pas {limit // 1024 // 1024} Mio : découpez-le.")
