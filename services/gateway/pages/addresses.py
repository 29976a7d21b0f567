"""The addresses of the pages, and of what a machine reads instead."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses around one page: each keeps the instant that the page looks back to, and the group's own page."""

    contract: str
    group: str
    as_of: datetime | None = None

    @property
    def today(self) -> "Addresses":
        """The same addresses, with what is known now."""
        return Addresses(self.contract, self.group)

    def page(self, year: int, entity: str | None = None) -> str:
        return f"{contract_page(self.contract)}/{year}{self._own(entity)}{self._query({})}"

    def milestones(self, entity: str | None = None) -> str:
        return f"{milestones_page(self.contract)}{self._own(entity)}{self._query({})}"

    def data(self, year: int, entity: str | None = None) -> str:
        return f"{self.definitions()}{self._own(entity, '/entities')}/follow-up{self._query({'year': str(year)})}"

    def milestones_data(self, entity: str | None = None) -> str:
        return f"{self.definitions()}{self._own(entity, '/entities')}/milestones{self._query({})}"

    def bibliometrics(self, chosen: dict[str, str]) -> str:
        return f"{bibliometrics_page(self.contract)}{self._query(chosen)}"

    def bibliometrics_data(self, chosen: dict[str, str]) -> str:
        return f"{self.definitions()}/bibliometrics{self._query(chosen)}"

    def definitions(self) -> str:
        return f"/v1/contracts/{quote(self.contract, safe='')}"

    def calendar(self, entity: str | None = None) -> str:
        """As it is now: a calendar looks back to nothing."""
        return self._file("calendar.ics", entity, {})

    def progress(self, entity: str | None = None) -> str:
        """As it is now: it is there to be filled in."""
        return self._file("progress.csv", entity, {"dialect": "excel"})

    def _file(self, name: str, entity: str | None, fields: dict[str, str]) -> str:
        asked = fields | ({} if self._is_group(entity) else {"entity": str(entity)})
        path = f"/milestones/v1/contracts/{quote(self.contract, safe='')}/{name}"
        return f"{path}?{urlencode(asked)}" if asked else path

    def _own(self, entity: str | None, folder: str = "") -> str:
        return "" if self._is_group(entity) else f"{folder}/{quote(str(entity), safe='')}"

    def _is_group(self, entity: str | None) -> bool:
        return entity in {None, self.group}

    def _query(self, fields: dict[str, str]) -> str:
        instant = {"asOf": self.as_of.isoformat().replace("+00:00", "Z")} if self.as_of else {}
        return f"?{urlencode(fields | instant)}" if fields or instant else ""


def contract_page(contract: str) -> str:
    return f"/contrats/{quote(contract, safe='')}"


def milestones_page(contract: str) -> str:
    return f"{contract_page(contract)}/jalons"


def bibliometrics_page(contract: str) -> str:
    return f"{contract_page(contract)}/bibliometrie"
