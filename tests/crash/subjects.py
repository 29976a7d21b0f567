"""Things that many write at once: an observation, a step and its progress, each recorded, read and corrected alike."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

import httpx

from tests.conftest import COP
from tests.crash.stepping import progress_subject, step_subject

_STEPS = f"/milestones/v1/contracts/{COP}/steps"


class Subject(Protocol):
    """A value is a number, said in its own way."""

    @property
    def shown(self) -> str:
        """The first word of its events' subjects."""

    async def record(self, client: httpx.AsyncClient, name: str, value: int, **headers: str) -> httpx.Response: ...

    def address(self, answer: httpx.Response) -> str:
        """Where it is read and corrected."""

    def correction(self, value: int) -> dict[str, object]:
        """The body that states it anew."""

    def said(self, name: str, *values: int) -> tuple[str, list[Hashable]]:
        """The name by which the oracle knows it, and what it keeps of these values."""


@dataclass(frozen=True, slots=True)
class Observation:
    """The group's students, in a perimeter of that name."""

    shown: str = "observations"

    async def record(self, client: httpx.AsyncClient, name: str, value: int, **headers: str) -> httpx.Response:
        place = {"contract": COP, "indicator": "students", "entity": "imt", "year": 2021, "perimeter": name}
        return await client.post(
            "/indicators/v1/observations", json={**place, "value": value, "source": "Essai"}, headers=headers
        )

    def address(self, answer: httpx.Response) -> str:
        return f"/indicators/v1/observations/{answer.json()['id']}"

    def correction(self, value: int) -> dict[str, object]:
        return {"value": value, "source": "Essai", "reason": f"correction {value}"}

    def said(self, name: str, *values: int) -> tuple[str, list[Hashable]]:
        return name, [Decimal(value) for value in values]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of that code; its title says the value."""

    shown: str = "steps"

    async def record(self, client: httpx.AsyncClient, name: str, value: int, **headers: str) -> httpx.Response:
        place = {"line": "J1.1", "code": name, "year": 2021}
        return await client.post(_STEPS, json={**place, **self.correction(value)}, headers=headers)

    def address(self, answer: httpx.Response) -> str:
        return f"/milestones/v1/steps/{answer.json()['items'][0]['id']}"

    def correction(self, value: int) -> dict[str, object]:
        return {"title": f"Étape {value}", "source": "Essai", "reason": f"correction {value}"}

    def said(self, name: str, *values: int) -> tuple[str, list[Hashable]]:
        return step_subject(name), [f"Étape {value}" for value in values]


@dataclass(frozen=True, slots=True)
class Progress:
    """The group's progress of a step of that code, which is added first; its note says the value."""

    shown: str = "progress"

    async def record(self, client: httpx.AsyncClient, name: str, value: int, **headers: str) -> httpx.Response:
        added = await Step().record(client, name, value, **{key: f"step-{text}" for key, text in headers.items()})
        address = f"{Step().address(added)}/progress/imt"
        return await client.put(address, json=self.correction(value), headers=headers)

    def address(self, answer: httpx.Response) -> str:
        return f"/milestones/v1/steps/{answer.json()['step']}/progress/imt"

    def correction(self, value: int) -> dict[str, object]:
        return {"state": "in_progress", "note": f"Note {value}", "reason": f"correction {value}"}

    def said(self, name: str, *values: int) -> tuple[str, list[Hashable]]:
        return progress_subject(name), [("in_progress", None, f"Note {value}") for value in values]


SUBJECTS: tuple[Subject, ...] = (Observation(), Step(), Progress())
