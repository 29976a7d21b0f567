"""What the files that give one record say of it together: on each point the newest word, whatever their order."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from .publication import Author, DocumentType, Goals, Record


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A record as one file gives it; `digest` tells apart what two files of a day say."""

    record: Record
    extracted_on: date | None
    digest: str


def merged(snapshots: Sequence[Snapshot]) -> Record:
    """The record that snapshots of one source and key make together; a ValueError tells none, or several records."""
    names = {(each.record.source, each.record.key) for each in snapshots}
    if len(names) != 1:
        raise ValueError("Il faut une ou plusieurs versions d’une même notice.")
    newest_first = [each.record for each in reversed(_by_age(snapshots))]
    said = {name: _newest(newest_first, name) for name in _PLAIN}
    for together in (_type, _signed, _collected):
        said |= together(newest_first)
    return replace(newest_first[0], **said)


def _by_age(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """The oldest first; two that nothing else tells apart are in the order of what they say."""
    if len({_age(each) for each in snapshots}) < len(snapshots):
        snapshots = sorted(snapshots, key=repr)
    return sorted(snapshots, key=_age)


def _age(snapshot: Snapshot) -> tuple[bool, date, int, str]:
    """By day; of one day, what knows more citations is the newer one: they only grow."""
    day, citations = snapshot.extracted_on, snapshot.record.citations
    return (day is not None, day or date.min, -1 if citations is None else citations, snapshot.digest)


def _newest(records: Sequence[Record], name: str) -> Any:
    values = [getattr(each, name) for each in records]
    return next((value for value in values if value not in _EMPTY), values[0])


def _type(records: Sequence[Record]) -> dict[str, Any]:
    """The type with its own wording: the newest that is known, or else the newest that is worded."""
    known = next((each for each in records if each.type is not DocumentType.UNKNOWN), None)
    chosen = known or next((each for each in records if each.raw_type), records[0])
    return {"type": chosen.type, "raw_type": chosen.raw_type}


def _signed(records: Sequence[Record]) -> dict[str, Any]:
    """The authors of one snapshot, never of two: the newest of those that say most of them."""
    chosen = max(records, key=_says_of_authors)
    count = chosen.author_count if chosen.author_count is not None else _newest(records, "author_count")
    return {"authors": chosen.authors, "author_count": count, "authors_cut": chosen.authors_cut}


def _says_of_authors(record: Record) -> tuple[bool, bool, bool, bool]:
    return (
        any(each.affiliations or each.affiliation_ids for each in record.authors),
        any(map(_identified, record.authors)),
        bool(record.authors),
        not record.authors_cut,
    )


def _identified(author: Author) -> bool:
    return bool(author.scopus_id or author.orcid or author.idhal)


def _collected(records: Sequence[Record]) -> dict[str, Any]:
    """What all of them say together: a reference alone in all of them, retracted in one of them."""
    goals: dict[str, Goals] = {}
    for each in records:
        for said in each.goals:
            goals.setdefault(said.mapping, said)
    return {
        "datasets": tuple(sorted({name for each in records for name in each.datasets})),
        "goals": tuple(goals[mapping] for mapping in sorted(goals)),
        "is_secondary": all(each.is_secondary for each in records),
        "is_retracted": any(each.is_retracted for each in records),
    }


_EMPTY: tuple[Any, ...] = ("", (), None)
_TOGETHER = {"source", "key", "type", "raw_type", "authors", "author_count", "authors_cut", "datasets", "goals"}
_PLAIN = tuple(
    each.name
    for each in fields(Record)
    if each.name not in _TOGETHER and each.name not in {"is_secondary", "is_retracted"}
)
