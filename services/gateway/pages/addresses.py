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

    def page(self, year: int, entity: str | None = None) -> str:
        own = "" if entity in {None, self.group} else f"/{quote(str(entity), safe='')}"
        return f"{contract_page(self.contract)}/{year}{own}{self._query({})}"

    def today(self, year: int, entity: str | None = None) -> str:
        """The same page, with what is known now."""
        return Addresses(self.contract, self.group).page(year, entity)

    def data(self, year: int, entity: str | None = None) -> str:
        own = "" if entity in {None, self.group} else f"/entities/{quote(str(entity), safe='')}"
        return f"/v1/contracts/{quote(self.contract, safe='')}{own}/follow-up{self._query({'year': str(year)})}"

    def definitions(self) -> str:
        return f"/v1/contracts/{quote(self.contract, safe='')}"

    def _query(self, fields: dict[str, str]) -> str:
        instant = {"asOf": self.as_of.isoformat().replace("+00:00", "Z")} if self.as_of else {}
        return f"?{urlencode(fields | instant)}" if fields or instant else ""


def contract_page(contract: str) -> str:
    return f"/contrats/{quote(contract, safe='')}"
