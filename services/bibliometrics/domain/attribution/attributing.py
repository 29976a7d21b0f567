"""The entities of one publication: found in what its records say, then ruled upon."""

from collections.abc import Iterable, Iterator, Sequence

from services.bibliometrics.domain.publication import Author, Record
from services.bibliometrics.domain.registry import Perimeter

from .evidence import Attribution, Clue, Evidence, Ruling
from .rules import Rules
from .rulings import stands
from .signatures import Trace

_Found = Iterator[tuple[str, Evidence]]
"""Entities, each with what speaks for it."""


def attribute(
    records: Sequence[Record], year: int | None, rules: Rules, decisions: Sequence[Ruling] = ()
) -> tuple[Attribution, ...]:
    """The entities of a publication, by code; `year` is its own (of no known year: only rules that always hold).

    Whole: an affiliation in force is found in any record. Permanent: an author is of the entity's staff that year, by
    an identifier, or by a name that the author's own affiliation confirms. Decisions win over both, the later ones over
    the earlier. Neither the order of records, nor that of authors and rules, changes anything.
    """
    by_entity: dict[str, list[Evidence]] = {}
    for entity, evidence in _found(records, year, rules):
        by_entity.setdefault(entity, []).append(evidence)
    entities = by_entity.keys() | {ruling.entity for ruling in decisions}
    made = (_attribution(entity, by_entity.get(entity, ()), decisions) for entity in sorted(entities))
    return tuple(each for each in made if each.whole)


def _attribution(entity: str, found: Iterable[Evidence], decisions: Sequence[Ruling]) -> Attribution:
    return stands(entity, _once(found), (each for each in decisions if each.entity == entity))


def _once(found: Iterable[Evidence]) -> list[Evidence]:
    """One text a reason and record, the shortest: the same identifier in fifty authors' addresses is one reason."""
    first: dict[tuple[Perimeter, Clue, str, str], Evidence] = {}
    for each in sorted(found, key=lambda each: (not each.text, len(each.text), each.text)):
        first.setdefault((each.perimeter, each.rule, each.value, each.record), each)
    return sorted(first.values(), key=lambda each: (each.perimeter, each.rule, each.value, each.record))


def _found(records: Sequence[Record], year: int | None, rules: Rules) -> _Found:
    by_author = any(author.affiliations or author.affiliation_ids for record in records for author in record.authors)
    for record in records:
        document = list(rules.signatures.of_document(record, year))
        yield from _whole(document, record)
        yield from _whole(rules.signatures.of_datasets(record, year), record)
        confirming = [] if by_author else document
        for author in record.authors:
            own = list(rules.signatures.of_author(author, year))
            yield from _whole(own, record)
            yield from _permanent(author, own or confirming, record, year, rules)


def _whole(traces: Iterable[Trace], record: Record) -> _Found:
    for signature, text in traces:
        reason = Evidence(
            perimeter=Perimeter.WHOLE, rule=signature.clue, value=signature.value, text=text, record=_name(record)
        )
        yield signature.entity, reason


def _permanent(author: Author, signed: Sequence[Trace], record: Record, year: int | None, rules: Rules) -> _Found:
    """By identifier; else by name, where an affiliation of the author's names the same entity."""
    for entity, clue, person in _posts(author, {signature.entity for signature, _ in signed}, year, rules):
        reason = Evidence(
            perimeter=Perimeter.PERMANENT,
            rule=clue,
            value=person,
            text=author.full_name or author.name,
            record=_name(record),
        )
        yield entity, reason


def _posts(author: Author, signed: set[str], year: int | None, rules: Rules) -> Iterator[tuple[str, Clue, str]]:
    identified = rules.people.identified(author)
    for clue, person in identified:
        yield from ((entity, clue, person.code) for entity in person.entities(year))
    if signed and not identified and (person_named := rules.people.named(author)):
        shared = person_named.entities(year) & signed
        yield from ((entity, Clue.STAFF_NAME, person_named.code) for entity in shared)


def _name(record: Record) -> str:
    return f"{record.source}:{record.key}"
