"""A document of HAL made into a record, whichever of its fields were asked for."""

import re
from collections.abc import Mapping
from typing import Any

from services.bibliometrics.domain import normalising
from services.bibliometrics.domain.publication import Author, Record, Source
from services.bibliometrics.importing.gathering import UnfitError
from services.bibliometrics.importing.json_fields import Object, day, digits, distinct, first, issns, texts, title, year

from . import structures
from .identity import hal_id, key_of
from .kinds import kind_of
from .people import authors_of

_APART = re.compile(r"[;,|/]")
_TITLES = ("title_s", "en_title_s", "fr_title_s", "title_t")
_SOURCES = ("journalTitle_s", "bookTitle_s", "conferenceTitle_s", "source_s")
_YEARS = ("producedDateY_i", "publicationDateY_i", "producedDate_s", "publicationDate_s")
_LATE_YEARS = ("producedDate_tdate", "publicationDate_tdate", "defenseDateY_i", "conferenceStartDateY_i")
_DAYS = ("publicationDate_s", "publicationDate_tdate", "producedDate_s", "producedDate_tdate")
_YES, _NO = ("1", "oui", "yes", "true"), ("0", "non", "no", "false")


def record_of(doc: Any) -> Record:
    """The record of a document, by the fields of the search API (a list or a text alone).

    Raises UnfitError where it can't be a deposit of HAL.
    """
    if not isinstance(doc, Mapping):
        raise UnfitError("ce n’est pas un objet JSON : un document de HAL en est un")
    identifier = hal_id(texts(doc.get("halId_s")), (*texts(doc.get("uri_s")), *texts(doc.get("uri"))))
    written = _title(doc)
    if not identifier and not normalising.title_key(written):
        raise UnfitError("ni identifiant HAL ni titre : exportez les champs « halId_s » et « title_s »")
    return _record(doc, identifier, written, authors_of(doc))


def _record(doc: Object, identifier: str, written: str, authors: tuple[Author, ...]) -> Record:
    kind, raw_type = kind_of(first(doc.get("docType_s")), first(doc.get("docSubType_s")))
    doi = normalising.doi(_any(doc, ("doiId_s", "doi_s")))
    produced, source_title = _year(doc), title(_any(doc, _SOURCES))
    author = authors[0].name if authors else ""  # the same, whichever fields were asked for
    return Record(
        source=Source.HAL,
        key=identifier or key_of(written, doi, produced, source_title, author),
        hal_id=identifier,
        title=written,
        year=produced,
        type=kind,
        raw_type=raw_type,
        doi=doi,
        pubmed_id=digits(_any(doc, ("pubmedId_s", "pubmedid_s"))),
        isbns=_isbns(doc),
        issns=issns(each for field in ("journalIssn_s", "journalEissn_s", "issn_s") for each in texts(doc.get(field))),
        source_title=source_title,
        volume=first(doc.get("volume_s")),
        issue=first(doc.get("issue_s")) or first(doc.get("number_s")),
        pages=first(doc.get("page_s")),
        published_on=next((found for field in _DAYS if (found := day(doc.get(field)))), None),
        language=first(doc.get("language_s")),
        authors=authors,
        author_count=len(authors) or None,
        affiliations=structures.names(doc),
        affiliation_ids=structures.identifiers(doc),
        open_access=("open",) if _is_yes(doc.get("openAccess_bool")) else (),
        reviewed=_is_yes(doc.get("peerReviewing_s")),
        international=_is_international(doc),
    )


def _any(doc: Object, fields: tuple[str, ...]) -> str:
    return next((found for field in fields if (found := first(doc.get(field)))), "")


def _title(doc: Object) -> str:
    """The title in the first language, with its subtitle where one goes with it, as other sources write it."""
    titles, subtitles = texts(doc.get("title_s")), texts(doc.get("subTitle_s"))
    written, more = title(_any(doc, _TITLES)), title(subtitles[0]) if subtitles else ""
    if not written or len(titles) != len(subtitles) or normalising.title_key(more) in normalising.title_key(written):
        return written
    return f"{written} : {more}"


def _year(doc: Object) -> int | None:
    return next((found for field in (*_YEARS, *_LATE_YEARS) if (found := year(doc.get(field)))), None)


def _isbns(doc: Object) -> tuple[str, ...]:
    pieces = (piece for each in texts(doc.get("isbn_s")) for piece in _APART.split(each))
    return distinct(found for piece in pieces if (found := normalising.isbn(piece)))


def _is_yes(value: Any) -> bool | None:
    """What a depositor ticked; none where nothing was."""
    if isinstance(value, bool):
        return value
    said = first(value).lower()
    return said in _YES if said in (*_YES, *_NO) else None


def _is_international(doc: Object) -> bool | None:
    """The audience: 2 is international, 1 and 3 are not."""
    said = normalising.folded(first(doc.get("audience_s")))
    if said == "2" or said.startswith("internation"):
        return True
    return False if said in ("1", "3") or said.startswith("nation") else None
