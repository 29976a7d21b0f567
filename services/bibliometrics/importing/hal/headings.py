"""The headings of HAL's CSV files, those of the API and those that people read, as the fields that they stand for."""

import re
from collections.abc import Sequence

from services.bibliometrics.domain.normalising import folded

_API = re.compile(r"[a-z]{2,}[A-Za-z_]*_(?:s|i|t|fs|bool|tdate|id)|docid|uri")
_KNOWN = frozenset({"halId_s", "title_s", "uri_s", "docType_s", "authFullName_s", "doiId_s", "label_s"})
_FRENCH = {
    "titre": "title_s",
    "titre du document": "title_s",
    "titre de la publication": "title_s",
    "title": "title_s",
    "sous titre": "subTitle_s",
    "auteurs": "authFullName_s",
    "auteur": "authFullName_s",
    "auteur s": "authFullName_s",
    "liste des auteurs": "authFullName_s",
    "authors": "authFullName_s",
    "doi": "doiId_s",
    "identifiant doi": "doiId_s",
    "identifiant hal": "halId_s",
    "id hal": "halId_s",
    "hal id": "halId_s",
    "halid": "halId_s",
    "hal": "halId_s",
    "ref hal": "halId_s",
    "reference hal": "halId_s",
    "numero hal": "halId_s",
    "url": "uri_s",
    "uri": "uri_s",
    "lien": "uri_s",
    "lien hal": "uri_s",
    "url hal": "uri_s",
    "adresse": "uri_s",
    "type": "docType_s",
    "type de document": "docType_s",
    "type de publication": "docType_s",
    "type de depot": "docType_s",
    "type document": "docType_s",
    "document type": "docType_s",
    "sous type": "docSubType_s",
    "sous type de document": "docSubType_s",
    "annee": "producedDateY_i",
    "year": "producedDateY_i",
    "annee de publication": "producedDateY_i",
    "annee publication": "producedDateY_i",
    "annee de production": "producedDateY_i",
    "annee de soutenance": "defenseDateY_i",
    "date de publication": "publicationDate_s",
    "date publication": "publicationDate_s",
    "date": "publicationDate_s",
    "date de production": "producedDate_s",
    "revue": "journalTitle_s",
    "journal": "journalTitle_s",
    "nom de la revue": "journalTitle_s",
    "titre de la revue": "journalTitle_s",
    "titre revue": "journalTitle_s",
    "titre du journal": "journalTitle_s",
    "titre journal": "journalTitle_s",
    "titre ouvrage": "bookTitle_s",
    "titre de l ouvrage": "bookTitle_s",
    "ouvrage": "bookTitle_s",
    "congres": "conferenceTitle_s",
    "conference": "conferenceTitle_s",
    "titre congres": "conferenceTitle_s",
    "titre du congres": "conferenceTitle_s",
    "titre conference": "conferenceTitle_s",
    "titre de la conference": "conferenceTitle_s",
    "titre du colloque": "conferenceTitle_s",
    "volume": "volume_s",
    "issue": "issue_s",
    "numero": "issue_s",
    "pages": "page_s",
    "page": "page_s",
    "isbn": "isbn_s",
    "issn": "journalIssn_s",
    "eissn": "journalEissn_s",
    "e issn": "journalEissn_s",
    "pubmed": "pubmedId_s",
    "pmid": "pubmedId_s",
    "pubmed id": "pubmedId_s",
    "langue": "language_s",
    "langue du document": "language_s",
    "audience": "audience_s",
    "comite de lecture": "peerReviewing_s",
    "peer reviewing": "peerReviewing_s",
    "collection": "collCode_s",
    "collections": "collCode_s",
    "collection hal": "collCode_s",
    "affiliations": "structName_s",
    "affiliation": "structName_s",
    "structure": "structName_s",
    "structures": "structName_s",
    "laboratoire": "labStructName_s",
    "laboratoires": "labStructName_s",
}
_TITLES = frozenset(each for each, name in _FRENCH.items() if name == "title_s")
_FEWEST = 2
_HAL_OWN = ("halId_s", "uri_s", "docType_s")


def fields_of(cells: Sequence[str]) -> list[str]:
    """The field of each heading, empty where it is unknown."""
    return [_field(each.strip().removeprefix("\ufeff")) for each in cells]


def _field(heading: str) -> str:
    return heading if _API.fullmatch(heading) else _FRENCH.get(folded(heading), "")


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row holds headings of HAL: names of its API, or French ones with a title and something of HAL's own."""
    named = {each.strip().removeprefix("\ufeff") for each in cells}
    if named & _KNOWN:  # beside columns that somebody added
        return True
    if not any(each.lower() in _TITLES for each in named):
        return False
    fields = {each for each in fields_of(cells) if each}
    french = any(folded(each).startswith(("titre", "auteur")) for each in cells)
    own = any(each in fields for each in _HAL_OWN)
    return len(fields) > _FEWEST and (french or ("hal" in folded(" ".join(cells)) and own))


def is_api(cells: Sequence[str]) -> bool:
    return any(each.strip().removeprefix("\ufeff") in _KNOWN for each in cells)
