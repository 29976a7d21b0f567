"""A writer of publications: it defines who signs them, imports files of its own, and freezes what is counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx

from tests.crash.writers import Heard, Statements, Write, Writer
from tests.importing.scopus_files import LATER, LATER_ROW, export

_API = "/bibliometrics/v1"
_FIRST_DAY = date(2020, 1, 1)
_YEARS = (2021, 2022)
SCHOOLS = {"marees": "Tidal School", "nord": "North School"}
"""The entities of every contract here, and the names that sign each publication."""


def registry_subject(code: str) -> str:
    return f"registries/{code}"


def publication_subject(eid: str) -> str:
    return f"publications/{eid}"


def extraction_subject(code: str) -> str:
    return f"extractions/{code}"


def registry(code: str, label: str, signing: Sequence[str]) -> dict[str, Any]:
    """A contract that counts publications, of which only some entities are said to sign."""
    years = {"start_year": 2021, "end_year": 2025, "reference_year": 2020}
    entities = [{"code": "groupe", "label": "Groupe", "kind": "group"}]
    entities += [{"code": each, "label": name, "kind": "school"} for each, name in SCHOOLS.items()]
    return {
        "contract": [{"code": code, "label": label, "source": "Essai", **years}],
        "entities": entities,
        "measures": [{"indicator": "publications", "measure": "publications", "perimeter": "whole"}],
        "affiliations": [{"entity": each, "kind": "name_pattern", "value": SCHOOLS[each]} for each in signing],
    }


def export_of(rows: dict[str, dict[str, str]]) -> bytes:
    """A file of publications by their EID; both schools sign each."""
    alone = LATER_ROW | dict.fromkeys(("DOI", "Link", "ISBN", "PubMed ID"), "")
    return export(LATER, *(alone | row | {"EID": f"2-s2.0-{eid}"} for eid, row in rows.items())).encode()


@dataclass(slots=True)
class Publishing(Writer):
    """It counts under a contract of its own; `rows` are its publications by EID, as they were last sent."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    files: int = 0

    def next(self, client: httpx.AsyncClient) -> Write:
        if registry_subject(self.name) not in self.versions:
            return self._define(client)
        if not self.rows:
            return self._import(client)
        kinds = [self._import, self._import, self._define, self._freeze, *([self._settle] if self._unsettled() else [])]
        return self.chance.choice(kinds)(client)

    def _define(self, client: httpx.AsyncClient) -> Write:
        label = self._words()
        signing = self.chance.sample([*SCHOOLS], self.chance.randint(1, len(SCHOOLS)))
        body = registry(self.name, label, sorted(signing))
        statements = self.stated({registry_subject(self.name): label})
        request = self.request(client, "PUT", f"{_API}/contracts/{self.name}", body)
        return Write(statements, request, lambda body: Heard({} if body["errors"] else statements))

    def _import(self, client: httpx.AsyncClient) -> Write:
        """A file of some new publications, and of known ones that were cited since."""
        self.files += 1
        sent = {**self._cited(), **self._new()}
        self.rows |= sent
        statements = self.stated({publication_subject(eid): said(row) for eid, row in sent.items()})
        form = {"source": "scopus", "extractedOn": (_FIRST_DAY + timedelta(days=self.files)).isoformat()}
        file = {"file": ("scopus.csv", export_of(sent))}
        request = client.build_request("POST", f"{_API}/imports", data=form, files=file, headers=self.key())
        return Write(statements, request, lambda body: _heard_report(statements, body))

    def _freeze(self, client: httpx.AsyncClient) -> Write:
        code = f"{self.name}-{sum(each.startswith('extractions/') for each in self.versions) + 1}"
        body = {"contract": self.name, "code": code, "label": self._words()}
        statements = self.stated({extraction_subject(code): (body["label"], "provisional")})
        return Write(statements, self.request(client, "POST", f"{_API}/extractions", body), _heard_extraction)

    def _settle(self, client: httpx.AsyncClient) -> Write:
        subject, label = self.chance.choice(self._unsettled())
        url, seen = f"{_API}/extractions/{self.ledger.ids[subject]}/status", self.seen(subject)
        request = self.request(client, "PUT", url, {"status": "definitive"}, **seen)
        return Write(self.stated({subject: (label, "definitive")}), request, _heard_extraction)

    def _cited(self) -> dict[str, dict[str, str]]:
        known = self.chance.sample([*self.rows], self.chance.randint(0, min(3, len(self.rows))))
        return {eid: self.rows[eid] | {"Cited by": str(int(self.rows[eid]["Cited by"]) + 1)} for eid in known}

    def _new(self) -> dict[str, dict[str, str]]:
        numbers = range(len(self.rows) + 1, len(self.rows) + 1 + self.chance.randint(1, 3))
        eids = [f"85{self.name[1:]:>02}{number:07}" for number in numbers]
        return {eid: {"Title": self._words(), "Year": str(self.chance.choice(_YEARS)), "Cited by": "0"} for eid in eids}

    def _unsettled(self) -> list[tuple[str, str]]:
        """Its provisional extractions, with their labels."""
        return [
            (subject, what[0])
            for write in self.ledger.acknowledged
            for (subject, version), what in write.statements.items()
            if subject.startswith(f"extractions/{self.name}-") and version == self.versions[subject] == 1
            and isinstance(what, tuple)
        ]  # fmt: skip

    def _words(self) -> str:
        """Words that nothing else is near."""
        return " ".join(f"{self.chance.getrandbits(40):x}" for _ in range(4))


def said(row: dict[str, str]) -> tuple[str, int]:
    """The parts of a publication that these writers choose."""
    return row["Title"], int(row["Cited by"])


def _heard_report(statements: Statements, body: Any) -> Heard:
    """Everything that it sends is new or has changed, and is recorded."""
    return Heard(statements if body["created"] + body["updated"] == len(statements) else {})


def _heard_extraction(body: Any) -> Heard:
    subject = extraction_subject(body["code"])
    return Heard({(subject, body["version"]): (body["label"], body["status"])}, {subject: body["id"]})
