"""An entry of the Scopus Search API made into a record, and what is to be said of such records together."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from services.bibliometrics.domain import normalising
from services.bibliometrics.domain.publication import DocumentType, Record, Source
from services.bibliometrics.importing import json_fields
from services.bibliometrics.importing.gathering import UnfitError
from services.bibliometrics.importing.json_fields import Object
from services.bibliometrics.importing.reading import Finding, Severity

from . import cells, fields, kinds
from .entry_people import places_of, signing
from .entry_values import scalar, scalars

_TAG = re.compile(r"</?inf>", re.IGNORECASE)
_NO_TITLE = "[no title available]"
_OPEN = frozenset({"1", "true"})
_CUT = (
    "publications de plus de 100 auteurs, dont l’API de Scopus ne donne que les 100 premiers : {count} ; les "
    "établissements des suivants ne se voient qu’aux affiliations du document"
)
_FIRST_ONLY = (
    "publications dont seul le premier auteur est donné (vue STANDARD) : {count} ; leurs établissements se voient aux "
    "affiliations du document, leurs autres auteurs ne se voient pas"
)
_UNTYPED = "publications d’un type inconnu, rangées dans « autre » : {count} ; vérifiez-les"


def record_of(entry: Any) -> Record:
    """The record of an entry of either view; its key is that of the same document in an export.

    Raises UnfitError where it can't be a document.
    """
    if not isinstance(entry, Mapping):
        raise UnfitError("ce n’est pas un objet JSON : une notice de Scopus en est un")
    eid = normalising.eid(scalar(entry.get("eid"))) or normalising.eid(scalar(entry.get("dc:identifier")))
    title, doi = _title(entry), normalising.doi(scalar(entry.get("prism:doi")))
    if not (eid or doi or title):
        raise UnfitError("ni titre, ni EID, ni DOI : rien ne distingue cette publication")
    return _record(entry, eid, doi, title)


def _record(entry: Object, eid: str, doi: str, title: str) -> Record:
    people, places = signing(entry), places_of(entry)
    published_on = cells.day(scalar(entry.get("prism:coverDate")))
    year = published_on.year if published_on else cells.year(scalar(entry.get("prism:coverDate"))[:4])
    source_title = cells.text(scalar(entry.get("prism:publicationName")))
    raw_type = cells.text(scalar(entry.get("subtypeDescription")) or scalar(entry.get("subtype")))
    kind = _kind(raw_type)
    made = fields.key_of_doi(doi, title) if doi else ""
    return Record(
        source=Source.SCOPUS,
        key=eid or made or fields.key_of_text(title, year, source_title, fields.first_surname(people)),
        title=title,
        year=year,
        type=kind,
        raw_type=raw_type,
        stage=kinds.stage("", raw_type),
        eid=eid,
        doi=doi,
        pubmed_id=cells.digits(scalar(entry.get("pubmed-id"))),
        isbns=cells.isbns(";".join(each.strip("[]") for each in scalars(entry.get("prism:isbn")))),
        issns=_issns(entry),
        source_title=source_title,
        volume=scalar(entry.get("prism:volume")),
        issue=scalar(entry.get("prism:issueIdentifier")),
        pages=scalar(entry.get("prism:pageRange")) or scalar(entry.get("article-number")),
        published_on=published_on,
        authors=people.authors,
        author_count=people.announced,
        authors_cut=people.is_cut,
        affiliations=json_fields.distinct(each.written for each in places if each.written),
        affiliation_ids=json_fields.distinct(each.identifier for each in places if each.identifier),
        citations=cells.count(scalar(entry.get("citedby-count"))),
        open_access=_open_access(entry),
        is_retracted=kind is DocumentType.RETRACTED,
    )


def _title(entry: Object) -> str:
    title = json_fields.title(_TAG.sub("", scalar(entry.get("dc:title"))))
    return "" if title.casefold() == _NO_TITLE else title


def _kind(raw: str) -> DocumentType:
    if not raw:
        return DocumentType.UNKNOWN
    return kinds.known(raw) or DocumentType.OTHER


def _issns(entry: Object) -> tuple[str, ...]:
    written = (each for name in ("prism:issn", "prism:eIssn") for each in scalars(entry.get(name)))
    return cells.distinct(found for each in written for found in cells.issns(each))


def _open_access(entry: Object) -> tuple[str, ...]:
    label = json_fields.object_in(entry.get("freetoreadLabel"))
    if labels := json_fields.distinct(scalars(label.get("value"))):
        return labels
    is_open = scalar(entry.get("openaccess")) in _OPEN or entry.get("openaccessFlag") is True
    return ("All Open Access",) if is_open else ()


def remarks(records: Sequence[Record]) -> list[Finding]:
    """What is to be looked at of records that came as entries: authors who are missing, types that nobody knows."""
    cut = [each for each in records if each.authors_cut]
    first_only = sum(each.author_count is None for each in cut)
    unknown = sum(bool(each.raw_type) and kinds.known(each.raw_type) is None for each in records)
    told = (
        ("cut_authors", _CUT, len(cut) - first_only),
        ("first_authors", _FIRST_ONLY, first_only),
        ("unknown_types", _UNTYPED, unknown),
    )
    return [
        Finding(code=code, severity=Severity.WARNING, message=sentence.format(count=count))
        for code, sentence, count in told
        if count
    ]
