"""What kind of document OpenAlex says that a work is."""

from services.bibliometrics.domain.publication import DocumentType
from services.bibliometrics.importing.json_fields import Object, object_in, text

_TYPES = {
    "article": DocumentType.ARTICLE,
    "journal-article": DocumentType.ARTICLE,
    "proceedings-article": DocumentType.CONFERENCE_PAPER,
    "conference-paper": DocumentType.CONFERENCE_PAPER,
    "proceedings": DocumentType.PROCEEDINGS,
    "review": DocumentType.REVIEW,
    "book": DocumentType.BOOK,
    "monograph": DocumentType.BOOK,
    "reference-book": DocumentType.BOOK,
    "edited-book": DocumentType.EDITED_BOOK,
    "book-chapter": DocumentType.BOOK_CHAPTER,
    "book-section": DocumentType.BOOK_CHAPTER,
    "book-part": DocumentType.BOOK_CHAPTER,
    "editorial": DocumentType.EDITORIAL,
    "letter": DocumentType.LETTER,
    "erratum": DocumentType.ERRATUM,
    "preprint": DocumentType.PREPRINT,
    "posted-content": DocumentType.PREPRINT,
    "dataset": DocumentType.DATASET,
    "data-paper": DocumentType.DATA_PAPER,
    "dissertation": DocumentType.THESIS,
    "report": DocumentType.REPORT,
}
_PAPER = "proceedings-article"


def kind_of(work: Object) -> tuple[DocumentType, str]:
    """The type, and what OpenAlex calls it: `article/proceedings-article`, `other (paratext)`."""
    said = text(work.get("type")).lower()
    name = f"{said}/{_PAPER}" if said == "article" and _is_paper(work) else said
    known = _TYPES.get(name.rpartition("/")[2], DocumentType.OTHER) if said else DocumentType.UNKNOWN
    if work.get("is_paratext") is True:
        known = DocumentType.OTHER
    return known, " ".join([name, *(f"({each})" for each in ("paratext", "xpac") if work.get(f"is_{each}") is True)])


def _is_paper(work: Object) -> bool:
    """OpenAlex calls a conference paper an article: what its publisher calls it is elsewhere, by schema."""
    place = object_in(work.get("primary_location"))
    return _PAPER in (text(work.get("type_crossref")), text(place.get("raw_type"))) or (
        text(object_in(place.get("source")).get("type")) == "conference"
    )
