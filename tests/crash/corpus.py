"""The corpus of publications as its owner keeps it: what was stated of it, and what its tables must agree on."""

import json
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.bibliometrics.tables import (
    AttributionRow,
    CountRow,
    ExtractionRow,
    FrozenRow,
    ImportRow,
    PublicationRow,
    RecordRow,
    RegistryRow,
    SnapshotRow,
)
from shared.events.bibliometrics import CURRENT
from tests.crash.publishing import publication_subject

TABLES = (
    AttributionRow,
    CountRow,
    ExtractionRow,
    FrozenRow,
    ImportRow,
    PublicationRow,
    RecordRow,
    RegistryRow,
    SnapshotRow,
)
Tables = Mapping[type[Any], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every row of its tables."""

    rows: Tables

    def statements(self) -> dict[tuple[str, int], Hashable]:
        """What files said of each publication; the first of them is its version 1."""
        imported = {row.id: row.imported_at for row in self.rows[ImportRow]}
        counts: Counter[str] = Counter()
        found: dict[tuple[str, int], Hashable] = {}
        for row in sorted(self.rows[SnapshotRow], key=lambda row: imported[row.import_id]):
            content = json.loads(row.content)
            subject = publication_subject(content["eid"])
            counts[subject] += 1
            found[subject, counts[subject]] = (content["title"], content["citations"])
        return found

    def disagreements(self) -> Iterator[str]:
        """Where its tables contradict each other."""
        yield from _differences("recorded", self._kept(), self._snapped())
        yield from _differences("published", self._published(), self._recorded())
        yield from _differences("counted", self._counted(), self._signed())
        yield from _differences("frozen", self._frozen(), self._announced())

    def _kept(self) -> Counter[Hashable]:
        return Counter(row.ref for row in self.rows[RecordRow])

    def _snapped(self) -> Counter[Hashable]:
        return Counter({row.ref for row in self.rows[SnapshotRow]})

    def _published(self) -> Counter[Hashable]:
        return Counter(row.id for row in self.rows[PublicationRow])

    def _recorded(self) -> Counter[Hashable]:
        return Counter({row.publication for row in self.rows[RecordRow]})

    def _counted(self) -> Counter[Hashable]:
        """The whole institution's count of each member in each year, as it stands and was told."""
        found: Counter[Hashable] = Counter()
        for row in self.rows[CountRow]:
            count = json.loads(row.content)
            if row.extraction == CURRENT and count["perimeter"] == "whole" and count["together"] is None:
                found[row.contract, count["entity"], row.year] = int(count["value"])
        return +found

    def _signed(self) -> Counter[Hashable]:
        """What each member signs, of what counts."""
        members, years = self._members(), {row.id: row.year for row in self.rows[PublicationRow] if not row.excluded}
        signed = [row for row in self.rows[AttributionRow] if (row.contract, row.entity) in members]
        return Counter((row.contract, row.entity, years[row.publication]) for row in signed if row.publication in years)

    def _members(self) -> set[tuple[str, str]]:
        """The entities of the contracts that count anything."""
        registries = {row.contract: json.loads(row.definition) for row in self.rows[RegistryRow]}
        return {
            (contract, entity["code"])
            for contract, registry in registries.items()
            for entity in registry["entities"]
            if registry["measures"] and entity["kind"] == "school"
        }

    def _frozen(self) -> Counter[Hashable]:
        return Counter(row.extraction for row in self.rows[FrozenRow])

    def _announced(self) -> Counter[Hashable]:
        return Counter({row.id: json.loads(row.content)["publications"] for row in self.rows[ExtractionRow]})


def _differences(what: str, found: Counter[Hashable], expected: Counter[Hashable]) -> Iterator[str]:
    if found != expected:
        yield f"{what}: {found - expected} too many, {expected - found} missing"
