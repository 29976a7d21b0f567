"""A writer of observations: it records, corrects and imports values of its own."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx

from tests.conftest import COP
from tests.crash.writers import Heard, Write, Writer, counted

_ALL = f"/indicators/v1/contracts/{COP}/observations"
_ONE = "/indicators/v1/observations"


@dataclass(slots=True)
class Observing(Writer):
    """Each of its observations has a perimeter of its own, by which it is known."""

    count: int = 0

    def next(self, client: httpx.AsyncClient) -> Write:
        kind = self.chance.choice([self._record, self._import, self._correct] if self.known() else [self._record])
        return kind(client)

    def _record(self, client: httpx.AsyncClient) -> Write:
        row = self._row()
        request = self.request(client, "POST", _ONE, row | {"contract": COP})
        return Write(self.stated({row["perimeter"]: Decimal(row["value"])}), request, _heard)

    def _import(self, client: httpx.AsyncClient) -> Write:
        rows = [self._row() for _ in range(self.chance.randint(2, 9))]
        statements = self.stated({row["perimeter"]: Decimal(row["value"]) for row in rows})
        return Write(statements, self.request(client, "POST", _ALL, {"rows": rows}), counted(statements))

    def _correct(self, client: httpx.AsyncClient) -> Write:
        perimeter, value = self.chance.choice(self.known()), self._value()
        body = {"value": value, "source": "Essai", "reason": "correction"}
        url = f"{_ONE}/{self.ledger.ids[perimeter]}"
        request = self.request(client, "PUT", url, body, **self.seen(perimeter))
        return Write(self.stated({perimeter: Decimal(value)}), request, _heard)

    def _row(self) -> dict[str, Any]:
        self.count += 1
        perimeter, year = f"{self.name}-{self.count}", self.chance.randint(2010, 2030)
        return {"indicator": "students", "entity": "imt", "year": year, "perimeter": perimeter, "value": self._value(),
                "source": "Essai"}  # fmt: skip

    def _value(self) -> str:
        return f"{self.chance.randint(0, 99999)}.{self.chance.randint(0, 99):02}"


def _heard(body: Any) -> Heard:
    perimeter = body["perimeter"]
    return Heard({(perimeter, body["version"]): Decimal(body["value"])}, {perimeter: body["id"]})
