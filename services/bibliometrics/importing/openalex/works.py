"""A work of OpenAlex made into a record, whichever of its schemas it follows."""

import re
from collections.abc import Mapping
from typing import Any

from services.bibliometrics.domain import normalising
from services.bibliometrics.domain.publication import Author, Goals, Record, Source
from services.bibliometrics.importing.gathering import UnfitError
from services.bibliometrics.importing.json_fields import (
    Object,
    count,
    day,
    decimal,
    digits,
    distinct,
    issns,
    object_in,
    objects,
    text,
    texts,
    title,
    year,
)

from .kinds import kind_of
from .people import author_of, names, rors

MOST_AUTHORSHIPS = 100  # what a list of works gives of each; its single page gives them all
_ID = re.compile(r"(?:^|openalex\.org/(?:works/)?)(W\d{1,18})$", re.IGNORECASE)
_GOAL = re.compile(r"sdg/(\d{1,2})/?$")
_LAST_GOAL = 17


def openalex_id(work: Object) -> str:
    """`W2741809807`; empty of an author, an institution, or anything else."""
    written = text(work.get("id")) or text(object_in(work.get("ids")).get("openalex"))
    found = _ID.search(written)
    return found[1].upper() if found else ""


def record_of(work: Any) -> Record:
    """The record of a work. Its percentiles are left out: OpenAlex ranks the other way round from SciVal.

    Raises UnfitError where it is no work.
    """
    if not isinstance(work, Mapping):
        raise UnfitError("ce n’est pas un objet JSON : une publication d’OpenAlex en est un")
    key = openalex_id(work)
    if not key:
        raise UnfitError("pas d’identifiant de publication OpenAlex (« W… ») : exportez le champ « id »")
    return _record(work, key)


def _record(work: Object, key: str) -> Record:
    kind, raw_type = kind_of(work)
    authorships = objects(work.get("authorships"))
    authors = tuple(author_of(each) for each in authorships)
    places = objects(work.get("institutions"))
    cut = len(authors) == MOST_AUTHORSHIPS or work.get("is_authors_truncated") is True
    source = _source(work)
    biblio = object_in(work.get("biblio"))
    ids = object_in(work.get("ids"))
    return Record(
        source=Source.OPENALEX,
        key=key,
        openalex_id=key,
        title=title(work.get("title")) or title(work.get("display_name")),
        year=year(work.get("publication_year")) or year(work.get("publication_date")),
        type=kind,
        raw_type=raw_type,
        doi=normalising.doi(text(work.get("doi")) or text(ids.get("doi"))),
        pubmed_id=digits(ids.get("pmid")),
        issns=issns((*texts(source.get("issn")), *texts(source.get("issn_l")))),
        source_title=_source_title(work, source),
        volume=text(biblio.get("volume")),
        issue=text(biblio.get("issue")),
        pages="-".join(distinct([*texts(biblio.get("first_page")), *texts(biblio.get("last_page"))])),
        published_on=day(work.get("publication_date")),
        language=text(work.get("language")),
        authors=authors,
        author_count=_author_count(work, authors, cut=cut),
        authors_cut=cut,
        affiliations=distinct([*(name for each in authors for name in each.affiliations), *names(places)]),
        affiliation_ids=distinct([*(ror for each in authors for ror in each.affiliation_ids), *rors(places)]),
        citations=count(work.get("cited_by_count")),
        fwci=decimal(work.get("fwci")),
        goals=_goals(work),
        open_access=texts(object_in(work.get("open_access")).get("oa_status")),
        is_retracted=work.get("is_retracted") is True,
    )


def _source(work: Object) -> Object:
    """Where it appeared: `primary_location.source`, and before 2023 `host_venue`."""
    return object_in(object_in(work.get("primary_location")).get("source")) or object_in(work.get("host_venue"))


def _source_title(work: Object, source: Object) -> str:
    place = object_in(work.get("primary_location"))
    return title(source.get("display_name")) or title(place.get("raw_source_name"))


def _author_count(work: Object, authors: tuple[Author, ...], *, cut: bool) -> int | None:
    announced = count(work.get("authors_count"))
    if announced is not None and announced > len(authors):
        return announced
    return None if cut or "authorships" not in work else len(authors)


def _goals(work: Object) -> tuple[Goals, ...]:
    """Those that its classifier gives: none given is said, and differs from a field that was not exported."""
    listed = work.get("sustainable_development_goals")
    if not isinstance(listed, list | tuple):
        return ()
    found = (_GOAL.search(text(each.get("id"))) for each in objects(listed))
    numbers = {int(each[1]) for each in found if each}
    return (Goals(numbers=tuple(sorted(each for each in numbers if 1 <= each <= _LAST_GOAL)), mapping="openalex"),)
