"""The pages of a fetch made into one reading: their records, their digest, and what they say twice."""

import hashlib
import json
from collections.abc import Collection
from datetime import date

from services.bibliometrics.importing import gathering
from services.bibliometrics.importing.reading import Finding, Reading, Severity

from .paging import Connector, Query


class Harvest:
    """Takes pages one after the other."""

    def __init__(self, connector: Connector, query: Query) -> None:
        self._connector = connector
        self._digest = hashlib.sha256()
        self._days: list[date] = []
        self._known: set[str] = set()
        self.repeated = 0
        self.reading = Reading(source=connector.source, layout=connector.layout, dataset=" ; ".join(query))

    @property
    def sha256(self) -> str:
        """That of the pages as they were kept, end to end."""
        return self._digest.hexdigest()

    def add(self, body: str, day: date) -> None:
        """Take in a page that was received on this day; its entries have the ranks that follow."""
        self._digest.update(body.encode())
        self._days.append(day)
        entries = self._connector.entries(json.loads(body))
        self._tell_apart([self._connector.identifier(each) for each in entries])
        ranked = enumerate(entries, self.reading.received + 1)
        gathering.gather(self.reading, list(ranked), self._connector.record_of, _silent)

    def _tell_apart(self, identifiers: Collection[str]) -> None:
        told = [each for each in identifiers if each]
        before = len(self._known)
        self._known.update(told)
        self.repeated += before + len(told) - len(self._known)

    def close(self, total: int) -> Reading:
        """The reading, once every page is in it."""
        records = [record for _, record in self.reading.records]
        self.reading.announced, self.reading.extracted_on = total, min(self._days)
        self.reading.findings += [*self._connector.remarks(records), *self._of_days(), *_of_none(total)]
        return self.reading

    def _of_days(self) -> list[Finding]:
        first, last = min(self._days), max(self._days)
        if first == last:
            return []
        message = (
            f"les pages ont été reçues du {first:%d/%m/%Y} au {last:%d/%m/%Y} : la source a pu changer entre-temps"
        )
        return [Finding(code="several_days", severity=Severity.WARNING, message=message)]


def _of_none(total: int) -> list[Finding]:
    if total:
        return []
    message = "aucune publication ne répond à cette recherche"
    return [Finding(code="no_record", severity=Severity.NOTICE, message=message)]


def _silent(_rows: int) -> None:
    """Nobody watches a page being read."""
