"""Whatever is called in whatever order: no state that the table forbids, versions one by one, no past overwritten."""

import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

import httpx
import pytest

from .conftest import Service
from .jalons import Row, package
from .test_milestones_transitions import ALLOWED

ENTITIES = {"J1.1-2": "groupe", "J1.2-2": "nord"}
NUMBERS = itertools.count()


def statement(chance: Random) -> Row:
    """Mostly what its state asks for, so that long histories are accepted."""
    state = chance.choice(sorted(ALLOWED))
    asked: Row = {
        "partly_done": {"share": chance.choice(["0.5", "0,25", "1"])},
        "done": {"evidence": chance.choice([[{"reference": "Bail"}], [{"address": "https://a.fr"}], []])},
        "postponed": {"due": chance.choice(["T1 2022", "T2 2023", "fin 2023", "2024"])},
    }
    reason, note = chance.choice(["Motif", "Motif", "Motif", None]), chance.choice(["Un", "Deux", None])
    return {"state": state, "reason": reason, "note": note, **asked.get(state, {})}


def step_of(chance: Random) -> str:
    return chance.choice(sorted(ENTITIES))


CALLS: dict[str, tuple[int, Callable[[Random], tuple[Any, ...]]]] = {
    "state": (12, lambda c: (step_of(c), statement(c), c.choice([*["right"] * 6, "none", "stale"]))),
    "send": (4, lambda c: ([(step_of(c), statement(c)) for _ in range(c.randint(1, 2))],)),
    "revise": (2, lambda c: (step_of(c), c.choice(["2022", "T4 2022"]), c.choice([*["own"] * 6, "group", "schools"]))),
    "restore": (3, lambda _: ()),
    "withdraw": (1, lambda c: (step_of(c),)),
    "load": (1, lambda c: (c.choice([True, False]),)),
}
"""What may be called: how often, and with what."""


def drawn(chance: Random) -> tuple[Any, ...]:
    (kind,) = chance.choices([*CALLS], [often for often, _ in CALLS.values()])
    return (kind, *CALLS[kind][1](chance))


@pytest.fixture(scope="module")
async def caller(still_milestones: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with still_milestones.client("steward") as client:
        yield client


@dataclass
class Story:
    """A contract of its own, what was read of it last, and what may be called."""

    client: httpx.AsyncClient
    code: str = field(default_factory=lambda: f"essai-{next(NUMBERS)}")
    ids: dict[str, str] = field(default_factory=dict)
    known: dict[str, list[Row]] = field(default_factory=dict)

    async def begin(self) -> None:
        await self.load(whole=True)
        asked: Row = {"contract": self.code, "year": 2022}
        found = (await self.client.get("/milestones/v1/steps", params=asked)).json()["items"]
        self.ids = {each["code"]: each["id"] for each in found}
        self.known = await self.histories()

    async def load(self, *, whole: bool) -> None:
        tables = package()
        tables["contract"][0]["code"] = self.code
        if not whole:
            tables["steps"], tables["progress"] = tables["steps"][:2], tables["progress"][:1]
        await self.client.put(f"/milestones/v1/contracts/{self.code}", json=tables)

    def paths(self) -> dict[str, str]:
        steps = {f"step {code}": f"/milestones/v1/steps/{self.ids[code]}" for code in ENTITIES}
        return steps | {code: f"{steps[f'step {code}']}/progress/{entity}" for code, entity in ENTITIES.items()}

    async def histories(self) -> dict[str, list[Row]]:
        """Every version of each; none of what was never stated, and is no longer the entity's to state."""
        answers = {place: await self.client.get(f"{path}/history") for place, path in self.paths().items()}
        return {place: answer.json() if answer.status_code == 200 else [] for place, answer in answers.items()}

    async def version(self, place: str) -> str:
        return f'"{(await self.client.get(self.paths()[place])).json().get("version", 0)}"'

    async def call(self, kind: str, *what: Any) -> httpx.Response | None:
        if kind == "load":
            await self.load(whole=what[0])
            return None
        if kind == "restore":
            await self.restore()
            return None
        make: Any = {"state": self.state, "send": self.send, "withdraw": self.withdraw, "revise": self.revise}[kind]
        answer: httpx.Response = await make(*what)
        return answer

    async def restore(self) -> None:
        """Every step stands again, and is its own entity's."""
        for code in ENTITIES:
            await self.revise(code, "2022", "own")

    def lengths(self) -> dict[str, int]:
        return {place: len(each) for place, each in self.known.items()}

    async def state(self, code: str, said: Row, condition: str) -> httpx.Response:
        tags = {"right": await self.version(code), "none": None, "stale": '"99"'}
        headers = {"If-Match": tag} if (tag := tags[condition]) else {}
        return await self.client.put(self.paths()[code], json=said, headers=headers)

    async def send(self, said: list[tuple[str, Row]]) -> httpx.Response:
        rows = [{"step": code, "year": 2022, "entity": ENTITIES[code], **_cells(each)} for code, each in said]
        return await self.client.post(f"/milestones/v1/contracts/{self.code}/progress", json={"rows": rows})

    async def withdraw(self, code: str) -> httpx.Response:
        headers = {"If-Match": await self.version(f"step {code}")}
        return await self.client.delete(self.paths()[f"step {code}"], params={"reason": "Motif"}, headers=headers)

    async def revise(self, code: str, due: str, scope: str) -> httpx.Response:
        own = "group" if ENTITIES[code] == "groupe" else "schools"
        said = {"title": "Autre", "source": "Avenant", "due": due, "scope": scope, "reason": "Motif"}
        said |= {"scope": own} if scope == "own" else {}
        headers = {"If-Match": await self.version(f"step {code}")}
        return await self.client.put(self.paths()[f"step {code}"], json=said, headers=headers)


def _cells(said: Row) -> Row:
    document: Row = next(iter(said.get("evidence", [])), {})
    cells = {"evidence": document.get("reference"), "address": document.get("address")}
    return {name: cell for name, cell in (said | cells).items() if cell is not None}


def check(before: dict[str, list[Row]], after: dict[str, list[Row]]) -> None:
    """One call adds at most one version to each history, and takes nothing away."""
    for place, versions in after.items():
        past = [_said(each) for each in before[place]]
        assert [_said(each) for each in versions[: len(past)]] == past
        assert len(versions) <= len(past) + 1
        assert [each["version"] for each in versions] == list(range(1, len(versions) + 1))
        instants = [datetime.fromisoformat(each["recorded_at"]) for each in versions]
        assert instants == sorted(set(instants))


def _said(version: Row) -> Row:
    return {name: value for name, value in version.items() if name != "allowedActions"}


def check_progress(versions: list[Row]) -> None:
    """Each version is one that the last one may pass to, with all that its state asks for."""
    for before, after in itertools.pairwise(versions):
        assert after["state"] in ALLOWED[before["state"]]
        held = before["due"] if (before["state"], after["state"]) != ("abandoned", "planned") else None
        assert after["state"] == "postponed" or after["due"] == held
        assert not held or not after["due"] or after["due"]["latest"] >= held["latest"]
        assert {name: after[name] for name in ("state", "note", "share", "evidence", "due")} != {
            name: before[name] for name in ("state", "note", "share", "evidence", "due")
        }
    for each in versions:
        assert each["state"] != "done" or each["evidence"]
        assert (each["share"] is not None) == (each["state"] == "partly_done")
        assert each["state"] not in {"postponed", "abandoned"} or each["reason"]
        assert each["state"] != "postponed" or each["due"]


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("still_milestones", ["sqlite"], indirect=True)
async def test_no_sequence_of_calls_reaches_what_is_forbidden(caller: httpx.AsyncClient, seed: int) -> None:
    chance, story = Random(seed), Story(caller)
    await story.begin()
    for kind, *what in (drawn(chance) for _ in range(40)):
        withdrawn = {code for code in ENTITIES if story.known[f"step {code}"][-1]["withdrawn"]}
        answer = await story.call(kind, *what)
        now = await story.histories()
        assert answer is None or answer.status_code in {200, 201, 404, 412, 422, 428}, answer.text
        check(story.known, now)
        for code in ENTITIES:
            check_progress(now[code])
            assert kind == "load" or code not in withdrawn or len(now[code]) == len(story.known[code])
        if answer is not None and answer.status_code >= 400:
            assert {place: len(each) for place, each in now.items()} == story.lengths()
        story.known = now
    assert sum(story.lengths().values()) > 8
