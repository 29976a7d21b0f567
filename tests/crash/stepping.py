"""A writer of steps and their progress: it adds steps of its own, revises them, and states them one by one or many."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.conftest import COP
from tests.crash.writers import Heard, Statements, Write, Writer, counted, some

_ALL = f"/milestones/v1/contracts/{COP}"
_STEPS = "/milestones/v1/steps"
_GROUP, _LINE, _YEARS = "imt", "J1.1", (2018, 2022)
_STATES = ("in_progress", "partly_done")  # each may follow itself and the other


def step_subject(code: str) -> str:
    return f"steps/{code}"


def progress_subject(code: str) -> str:
    return f"progress/{code}"


@dataclass(slots=True)
class Stepping(Writer):
    """Its steps are the group’s; `years` are those of its steps by code."""

    years: dict[str, int] = field(default_factory=dict)

    def next(self, client: httpx.AsyncClient) -> Write:
        some_known = [self._add, self._revise, self._state, self._state, self._import]
        return self.chance.choice(some_known if len(self._codes()) > 1 else [self._add])(client)

    def _add(self, client: httpx.AsyncClient) -> Write:
        code, title = f"{self.name}-{len(self.years) + 1}", self._words()
        self.years[code] = self.chance.randint(*_YEARS)
        body = {"line": _LINE, "code": code, "year": self.years[code], "title": title, "source": "Essai"}
        request = self.request(client, "POST", f"{_ALL}/steps", body | {"reason": "ajout"})
        return Write(self.stated({step_subject(code): title}), request, lambda body: _heard_step(*body["items"]))

    def _revise(self, client: httpx.AsyncClient) -> Write:
        subject, title = step_subject(self.chance.choice(self._codes())), self._words()
        body = {"title": title, "source": "Essai", "reason": "autres mots"}
        request = self.request(client, "PUT", f"{_STEPS}/{self.ledger.ids[subject]}", body, **self.seen(subject))
        return Write(self.stated({subject: title}), request, _heard_step)

    def _state(self, client: httpx.AsyncClient) -> Write:
        code, body = self.chance.choice(self._codes()), self._statement()
        subject, step = progress_subject(code), self.ledger.ids[step_subject(code)]
        request = self.request(client, "PUT", f"{_STEPS}/{step}/progress/{_GROUP}", body, **self.seen(subject))
        return Write(self.stated({subject: said(body)}), request, lambda body: _heard_progress(subject, body))

    def _import(self, client: httpx.AsyncClient) -> Write:
        rows = {code: self._statement() for code in some(self.chance, self._codes(), 6)}
        sent = [{"step": code, "year": self.years[code], "entity": _GROUP, **body} for code, body in rows.items()]
        statements: Statements = self.stated({progress_subject(code): said(body) for code, body in rows.items()})
        return Write(statements, self.request(client, "POST", f"{_ALL}/progress", {"rows": sent}), counted(statements))

    def _codes(self) -> list[str]:
        return [code for code in self.years if step_subject(code) in self.ledger.ids]

    def _statement(self) -> dict[str, Any]:
        state = self.chance.choice(_STATES)
        share = f"0.{self.chance.randint(1, 9)}" if state == "partly_done" else None
        return {"state": state, "share": share, "note": self._words(), "reason": "avancement"}

    def _words(self) -> str:
        return f"Mots {self.chance.getrandbits(64):x}"


def said(stated: Mapping[str, Any]) -> tuple[str, ...]:
    """The parts of a statement of progress that these writers choose."""
    return stated["state"], stated["share"], stated["note"]


def _heard_step(body: Any) -> Heard:
    subject = step_subject(body["code"])
    return Heard({(subject, body["version"]): body["title"]}, {subject: body["id"]})


def _heard_progress(subject: str, body: Any) -> Heard:
    return Heard({(subject, body["version"]): said(body)})
