"""The identifiers and names under which entities sign, and where a record bears them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.bibliometrics.domain.periods import Period
from services.bibliometrics.domain.publication import Author, Record
from services.bibliometrics.domain.registry import Affiliation, AffiliationKind

from .evidence import Clue
from .identifiers import affiliation_key
from .naming import Names, Signature

Trace = tuple[Signature, str]
"""A signature, and the text where it was found."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Every signature of every entity, ready to be looked for."""

    identifiers: Mapping[str, Sequence[Signature]]
    names: Names

    @classmethod
    def of(cls, affiliations: Iterable[Affiliation]) -> "Signatures":
        identifiers: dict[str, list[Signature]] = {}
        names: list[Signature] = []
        for row in affiliations:
            if row.kind is AffiliationKind.NAME:
                names.append(_signature(row))
            else:
                identifiers.setdefault(affiliation_key(row.kind, row.value), []).append(_signature(row))
        return cls(identifiers, Names(names))

    def of_author(self, author: Author, year: int | None) -> Iterator[Trace]:
        """What an author's own affiliations bear; an identifier that stands alone is shown by the author's name."""
        alone = author.full_name or author.name
        yield from self._identified(author.affiliation_ids, author.affiliations, alone, year)
        yield from self._named(author.affiliations, year)

    def of_document(self, record: Record, year: int | None) -> Iterator[Trace]:
        """What the document's affiliations bear, its authors left aside."""
        yield from self._identified(record.affiliation_ids, record.affiliations, "", year)
        yield from self._named(record.affiliations, year)

    def of_datasets(self, record: Record, year: int | None) -> Iterator[Trace]:
        """What the sets it was exported in are called: « Publications at Télécom Paris »."""
        yield from self._named(record.datasets, year)

    def _identified(self, ids: Sequence[str], texts: Sequence[str], alone: str, year: int | None) -> Iterator[Trace]:
        """Identifiers in force; the text beside is shown where there are as many of both."""
        beside = texts if len(texts) == len(ids) else (alone,) * len(ids)
        for written, text in zip(ids, beside, strict=True):
            for signature in self.identifiers.get(written.lower(), ()):
                if signature.period.applies_in(year):
                    yield signature, text

    def _named(self, texts: Iterable[str], year: int | None) -> Iterator[Trace]:
        for text in texts:
            for signature in self.names.read(text, year):
                yield signature, text


def _signature(row: Affiliation) -> Signature:
    return Signature(row.entity, Clue(row.kind.value), row.value.strip(), Period.of(row.valid_from, row.valid_to))
