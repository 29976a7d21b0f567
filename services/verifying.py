"""Comparing what each owner has told with what the gateway's views hold, over HTTP, while both go on."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from shared.events import bibliometrics, indicators, milestones
from shared.serving import RefusedError

from .discrepancies import ON_THEIR_WAY, Difference, Held, Subjects, compare
from .reaching import ask, body_of, refusal

OWNERS = (indicators.OWNER, milestones.OWNER, bibliometrics.OWNER)
WITHIN_SECONDS = 10.0
"""For how long what is on its way is waited for."""
_PATIENCE_SECONDS = 600
_PAUSE_SECONDS = 0.25
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Compared:
    """A type of facts: what its owner counts, and every subject that differs."""

    owner: str
    type: str
    count: int
    versions: int
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Report:
    """Every type of facts, and how far both sides were: what they said of themselves."""

    compared: Sequence[Compared]
    owners: Mapping[str, Mapping[str, Any]]
    gateway: Mapping[str, Any]

    @property
    def count(self) -> int:
        return sum(len(each.differences) for each in self.compared)


async def verify(client: httpx.AsyncClient, watch: Callable[[str], None], *, within: float = WITHIN_SECONDS) -> Report:
    """Compare; `watch` is told what is being read. Raises RefusedError where a side does not answer, or refuses."""
    told = {owner: await _inventory(client, owner) for owner in OWNERS}
    shown = await _inventory(client, "")
    known = {each["type"]: each for each in shown["facts"]}
    compared = []
    for owner, inventory in told.items():
        for tally in inventory["facts"]:
            reading = _Reading(client, owner, tally["type"], watch)
            found = [] if _same(tally, known.get(tally["type"])) else await reading.differences(within)
            compared.append(Compared(owner, tally["type"], tally["count"], tally["versions"], found))
    return Report(compared, told, await _inventory(client, "") if any(each.differences for each in compared) else shown)


def _same(told: Mapping[str, Any], shown: Mapping[str, Any] | None) -> bool:
    if shown is None or told["digest"] != shown["digest"]:
        return False
    return shown["versions"] is None or bool(told["versions"] == shown["versions"])


async def _inventory(client: httpx.AsyncClient, owner: str) -> dict[str, Any]:
    answer = await ask(client, "GET", _path(owner), timeout=_PATIENCE_SECONDS)
    if answer.status_code != HTTPStatus.OK:
        raise refusal(answer)
    return body_of(answer)


def _path(owner: str) -> str:
    return f"/{owner}/v1/inventory" if owner else "/v1/inventory"


@dataclass(frozen=True, slots=True)
class _Reading:
    """The subjects of one type of facts, on either side."""

    client: httpx.AsyncClient
    owner: str
    type: str
    watch: Callable[[str], None]

    async def differences(self, within: float) -> list[Difference]:
        """What is missing or older may be on its way: it differs where it still does once the time is over."""
        told, deadline = await self._subjects(self.owner), time.monotonic() + within
        while True:
            shown = await self._subjects("")
            found = list(compare(told, shown, await self._subjects(self.owner)))
            if not any(each.kind in ON_THEIR_WAY for each in found) or time.monotonic() > deadline:
                return found
            self.watch(f"{short(self.type)} : {len(found)} différence(s), peut-être en chemin…")
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _subjects(self, owner: str) -> Subjects:
        found: dict[str, Held] = {}
        try:
            async with self.client.stream("GET", f"{_path(owner)}/{self.type}", timeout=_PATIENCE_SECONDS) as answer:
                if answer.status_code != HTTPStatus.OK:
                    await answer.aread()
                    raise refusal(answer)
                async for line in answer.aiter_lines():
                    each = json.loads(line)
                    found[each["subject"]] = Held(each["version"], each["digest"], each["versions"])
                    if len(found) % 1000 == 0:
                        self.watch(f"{short(self.type)} : {len(found)} sujets lus…")
        except httpx.TransportError as error:
            raise RefusedError(f"{self.client.base_url} s’est tu en chemin ({error}) : recommencez") from error
        return found


def short(type_: str) -> str:
    """`fr.imt.cadran.indicators.observation-recorded.v1` → « observation-recorded »."""
    return type_.split(".")[4]


def lines(report: Report) -> Iterator[str]:
    """What is said of it: each type, the first subjects that differ, how far both sides were, and what to do."""
    for each in report.compared:
        yield from _of_type(each)
    yield from _how_far(report)
    if not report.count:
        yield "Tout concorde : les vues tiennent ce que les services ont dit, et rien d’autre."
        return
    yield f"{report.count} différence(s). Que faire :"
    yield "  absent, en retard, ou d’autres versions passées : cadran republish SERVICE --subject SUJET"
    yield "  en avance, inconnu, ou d’un autre contenu : cadran rebuild, puis cadran verify"


def _of_type(compared: Compared) -> Iterator[str]:
    found = compared.differences
    verdict = f"{len(found)} différence(s)" if found else "identiques"
    name = f"{compared.owner}, {short(compared.type)}"
    yield f"{name} : {compared.count} sujet(s), {compared.versions} version(s) : {verdict}"
    for each in found[:_SHOWN]:
        yield f"  {each.subject} : {each.kind} (service : {_said(each.told)} ; vues : {_said(each.shown)})"
    if len(found) > _SHOWN:
        yield f"  et {len(found) - _SHOWN} autre(s)"


def _said(version: int) -> str:
    return f"version {version}" if version else "rien"


def _how_far(report: Report) -> Iterator[str]:
    read = [f"{each['topic']}.{each['partition']}@{each['offset']}" for each in report.gateway["positions"]]
    yield f"Lu jusqu’à {', '.join(read) or 'rien'} ; {report.gateway['parked']} événement(s) mis de côté."
    for owner, each in report.owners.items():
        if each["unsent"]:
            yield f"{owner} : {each['unsent']} événement(s) sur {each['recorded']} attendaient d’être envoyés."
        if each["product"] != report.gateway["product"]:
            products = f"{each['product']}, la passerelle {report.gateway['product']}"
            yield f"{owner} est en version {products} : une différence peut n’être que celle-là."
