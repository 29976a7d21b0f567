"""The group and its nine schools with the names under which they sign, and how their records and staff are written."""

from decimal import Decimal

from services.bibliometrics.domain.attribution import Attribution, Rules, Ruling, attribute
from services.bibliometrics.domain.publication import Author, Record, Source
from services.bibliometrics.domain.registry import (
    Affiliation,
    AffiliationKind,
    Employment,
    Entity,
    EntityKind,
    Header,
    Registry,
)

NAMES = {
    "imt": ["Institut Mines-Télécom", "Institut Telecom"],
    "imt-atlantique": ["IMT Atlantique", "Télécom Bretagne", "Mines Nantes", "ENST Bretagne"],
    "imt-nord-europe": ["IMT Nord Europe", "IMT Lille Douai", "Mines Douai", "Mines de Douai"],
    "imt-mines-albi": ["IMT Mines Albi", "Mines Albi", "Mines Albi-Carmaux"],
    "imt-mines-ales": ["IMT Mines Alès", "Mines Alès", "Mines d'Alès"],
    "mines-saint-etienne": ["Mines Saint-Étienne", "Mines de Saint-Étienne", "Mines St Etienne", "EMSE"],
    "telecom-paris": ["Télécom Paris", "Télécom ParisTech", "ENST"],
    "telecom-sudparis": ["Télécom SudParis", "INT Evry", "Institut National des Télécommunications"],
    "imt-bs": ["Institut Mines-Télécom Business School", "IMT Business School", "Télécom École de Management"],
    "eurecom": ["EURECOM"],
}
KINDS = {"imt": EntityKind.GROUP, "eurecom": EntityKind.SUBSIDIARY}
HEADER = Header(code="cop", label="COP", start_year=2023, end_year=2027, reference_year=2022, source="Page 1")
SCHOOLS = tuple(Entity(code=code, label=code, kind=KINDS.get(code, EntityKind.SCHOOL)) for code in NAMES)
MARIE = Employment(
    person="p-marie", entity="telecom-paris", category="EC", fte=Decimal(1), name="Durand, Marie",
    scopus_author_id="7001", orcid="0000-0002-1825-0097", idhal="marie-durand",
)  # fmt: skip


def name(entity: str, value: str, first: str | None = None, last: str | None = None) -> Affiliation:
    return Affiliation(entity=entity, kind=AffiliationKind.NAME, value=value, valid_from=first, valid_to=last)


def identifier(entity: str, kind: AffiliationKind, value: str) -> Affiliation:
    return Affiliation(entity=entity, kind=kind, value=value)


SIGNATURES = tuple(name(entity, value) for entity, values in NAMES.items() for value in values)


def rules(*staff: Employment, affiliations: tuple[Affiliation, ...] = SIGNATURES) -> Rules:
    return Rules.of(Registry(contract=(HEADER,), entities=SCHOOLS, affiliations=affiliations, staff=staff))


def record(
    *authors: Author,
    at: tuple[str, ...] = (),
    ids: tuple[str, ...] = (),
    sets: tuple[str, ...] = (),
    source: Source = Source.SCOPUS,
) -> Record:
    return Record(
        source=source, key="1", title="Un titre", authors=authors, affiliations=at, affiliation_ids=ids, datasets=sets
    )


def author(full: str, *affiliations: str) -> Author:
    return Author(name=full, full_name=full, affiliations=affiliations)


def entities(compiled: Rules, *records: Record, year: int | None = 2023) -> list[str]:
    return [each.entity for each in attribute(records, year, compiled)]


def only(compiled: Rules, *records: Record, decisions: tuple[Ruling, ...] = ()) -> Attribution:
    """The one attribution of these records, in 2023."""
    (found,) = attribute(records, 2023, compiled, decisions)
    return found
