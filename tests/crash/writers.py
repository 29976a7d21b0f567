"""Writers that remember: which of their writes were acknowledged, and which were in doubt when the connection died."""

import asyncio
import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

Statements = Mapping[tuple[str, int], Hashable]
"""What was said, by the subject's name and the version that it makes."""
_ENOUGH = 400
_DOUBTFUL = {502, 503, 504}  # the door's own words for a connection that died behind it, or a database behind that


@dataclass(frozen=True, slots=True)
class Heard:
    """What an answer says was stated, and the ids that it gives, by subject."""

    statements: Statements
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Write:
    """One request, what it states, and how its answer is heard."""

    statements: Statements
    request: httpx.Request
    hear: Callable[[Any], Heard]


@dataclass(slots=True)
class Ledger:
    """`ids` are those of the subjects known by their answers."""

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
        heard = write.hear(answer.json())
        assert heard.statements == write.statements
        self.ids.update(heard.ids)
        self.acknowledged.append(write)
        return True

    async def send_again(self, client: httpx.AsyncClient) -> None:
        """What is in doubt, with the keys that it had: what was done is not done twice."""
        doubts, self.in_doubt = self.in_doubt, []
        for write in doubts:
            assert await self.send(client, write)


@dataclass(slots=True)
class Writer(ABC):
    """Writes under a name of its own, at random but for the seed; `versions` are those that it has made, by subject."""

    name: str
    chance: random.Random
    ledger: Ledger
    versions: dict[str, int] = field(default_factory=dict)

    async def write_until_death(self, client: httpx.AsyncClient) -> None:
        """Or until another writer met it. Fails where all outlive so many writes: the bomb has not gone off."""
        for _ in range(_ENOUGH):
            if self.ledger.in_doubt or not await self.ledger.send(client, self.next(client)):
                return
        raise AssertionError(f"{self.name} wrote {_ENOUGH} times")

    @abstractmethod
    def next(self, client: httpx.AsyncClient) -> Write: ...

    def known(self) -> list[str]:
        """Its subjects whose ids were answered."""
        return [subject for subject in self.versions if subject in self.ledger.ids]

    def stated(self, said: Mapping[str, Hashable]) -> Statements:
        """What is said of each subject, in its next version."""
        return {(subject, self._version(subject)): what for subject, what in said.items()}

    def seen(self, subject: str) -> dict[str, str]:
        """The condition of a write that follows the one known of a subject; none where there is none."""
        return {"If-Match": f'"{self.versions[subject]}"'} if subject in self.versions else {}

    def request(self, client: httpx.AsyncClient, method: str, url: str, body: Any, **headers: str) -> httpx.Request:
        return client.build_request(method, url, json=body, headers=self.key() | headers)

    def key(self) -> dict[str, str]:
        """A new one for each write."""
        return {"Idempotency-Key": f"{self.name}-{self.chance.getrandbits(64):x}"}

    def _version(self, subject: str) -> int:
        self.versions[subject] = self.versions.get(subject, 0) + 1
        return self.versions[subject]


def counted(statements: Statements) -> Callable[[Any], Heard]:
    """An answer that only counts its rows stands for them all."""
    return lambda body: Heard(statements if body["received"] == len(statements) else {})


async def write_until_death(client: httpx.AsyncClient, writers: Iterable[Writer]) -> None:
    await asyncio.gather(*(writer.write_until_death(client) for writer in writers))


def some(chance: random.Random, among: Sequence[str], most: int) -> list[str]:
    return chance.sample(among, min(len(among), chance.randint(2, most)))
