"""What SciVal calls the types of publications, whatever the case it writes them in."""

from functools import lru_cache

from services.bibliometrics.domain.normalising import folded
from services.bibliometrics.domain.publication import DocumentType

_KINDS = {
    "article": DocumentType.ARTICLE,
    "article in press": DocumentType.ARTICLE,
    "conference paper": DocumentType.CONFERENCE_PAPER,
    "proceedings paper": DocumentType.CONFERENCE_PAPER,
    "review": DocumentType.REVIEW,
    "book chapter": DocumentType.BOOK_CHAPTER,
    "chapter": DocumentType.BOOK_CHAPTER,
    "book": DocumentType.BOOK,
    "editorial": DocumentType.EDITORIAL,
    "letter": DocumentType.LETTER,
    "note": DocumentType.NOTE,
    "erratum": DocumentType.ERRATUM,
    "short survey": DocumentType.SHORT_SURVEY,
    "data paper": DocumentType.DATA_PAPER,
    "retracted": DocumentType.RETRACTED,
    "conference review": DocumentType.CONFERENCE_REVIEW,
    "preprint": DocumentType.PREPRINT,
    "report": DocumentType.REPORT,
}
_IN_PRESS = "article in press"


@lru_cache(maxsize=256)
def kind_of(raw: str) -> DocumentType | None:
    """The type that a text names; UNKNOWN where it is empty, none where nobody knows it."""
    name = folded(raw)
    return _KINDS.get(name) if name else DocumentType.UNKNOWN


@lru_cache(maxsize=256)
def stage_of(raw: str) -> str:
    """What the type says of the stage of a publication: once, it was « Article in Press »."""
    return raw if folded(raw) == _IN_PRESS else ""
