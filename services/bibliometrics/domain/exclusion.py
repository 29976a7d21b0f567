"""Which publications do not count, and why: one visible set of rules, in the order in which they are tried."""

from collections.abc import Callable
from dataclasses import dataclass

from .consolidation import Publication
from .matching.titles import says_notice, says_retracted
from .publication import DocumentType, Source

RULES = "2026-1"
"""The version of the set below: frozen counts say which one they were made with."""
BOOKS = frozenset({DocumentType.BOOK, DocumentType.EDITED_BOOK, DocumentType.PROCEEDINGS, DocumentType.BOOK_CHAPTER})
"""What counts from HAL alone (contract: « source Scopus + ouvrages / chapitres hors Scopus »)."""
_SCOPUS = frozenset({Source.SCOPUS, Source.SCIVAL})


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A reason for which a publication does not count: what it is called, and what is meant."""

    code: str
    label: str
    explanation: str


EXCLUSIONS = (
    Exclusion(
        "retracted",
        "Publication rétractée",
        "Au moins une source la dit rétractée ou, sans type connu, son titre le dit : elle ne compte plus, quelle que"
        " soit l’année de la rétractation.",
    ),
    Exclusion(
        "erratum",
        "Erratum",
        "Correction d’une publication qui compte déjà par elle-même, ou avis de sa rétractation : son type le dit ou,"
        " sans type connu, son titre.",
    ),
    Exclusion(
        "conference_review",
        "Présentation d’actes",
        "Notice qui présente un volume d’actes (« Conference review » dans Scopus), dont les communications comptent.",
    ),
    Exclusion(
        "secondary_document",
        "Document secondaire",
        "Connu seulement par les références d’autres documents, donc non indexé par la source qui le cite.",
    ),
    Exclusion(
        "no_year",
        "Année inconnue",
        "Aucune source ne donne l’année de publication : compléter la notice à la source, puis importer de nouveau.",
    ),
    Exclusion(
        "cross_check_only",
        "Source de recoupement seule",
        "Trouvée dans OpenAlex seulement, qui sert à recouper et non à compter : à chercher dans Scopus ou dans HAL.",
    ),
    Exclusion(
        "hal_outside_scope",
        "HAL, hors ouvrages et chapitres",
        "Dans HAL et non dans Scopus : le contrat n’y compte que les ouvrages, les actes et les chapitres.",
    ),
)
KEPT = (
    "Tout le reste compte, une fois : articles, communications, synthèses, chapitres, ouvrages, actes, éditoriaux,"
    " lettres, notes, articles de données et synthèses brèves, et ce que Scopus range ailleurs ou ne range pas."
)
"""What the set says of everything that no rule excludes."""


def reason(publication: Publication) -> str | None:
    """The code of the first rule that excludes a publication; none where it counts."""
    return next((code for code, applies in _TESTS if applies(publication)), None)


def _is_retracted(publication: Publication) -> bool:
    return publication.type is DocumentType.RETRACTED or _is_said(publication, says_retracted)


def _is_erratum(publication: Publication) -> bool:
    return publication.type is DocumentType.ERRATUM or _is_said(publication, says_notice)


def _is_said(publication: Publication, says: Callable[[str], bool]) -> bool:
    """Whether the title says it, which is asked only where no source knows the type."""
    return publication.type is DocumentType.UNKNOWN and says(publication.title)


def _is_secondary(publication: Publication) -> bool:
    """No source that counts describes it, though one of them has it among references."""
    countable = set(publication.sources) - {Source.OPENALEX}
    return bool(countable) and countable.isdisjoint(publication.indexed_in)


def _is_hal_outside_scope(publication: Publication) -> bool:
    return _SCOPUS.isdisjoint(publication.indexed_in) and publication.type not in BOOKS


_APPLIES: dict[str, Callable[[Publication], bool]] = {
    "retracted": _is_retracted,
    "erratum": _is_erratum,
    "conference_review": lambda publication: publication.type is DocumentType.CONFERENCE_REVIEW,
    "secondary_document": _is_secondary,
    "no_year": lambda publication: publication.year is None,
    "cross_check_only": lambda publication: publication.sources == (Source.OPENALEX,),
    "hal_outside_scope": _is_hal_outside_scope,
}
_TESTS = tuple((exclusion.code, _APPLIES[exclusion.code]) for exclusion in EXCLUSIONS)
