"""The files that are taken for a publications export of SciVal: what each seems to be, and what to do instead."""

import re
from collections.abc import Sequence

from services.bibliometrics.domain.normalising import folded
from services.bibliometrics.importing.delimited import UnreadableError

_EXPORT = "dans SciVal, affichez la liste des publications de l’ensemble, puis « Export » en CSV ou en XLSX"
_BEGINNINGS = (
    (re.compile(r"\s*\Z"), "empty", f"ce fichier est vide : {_EXPORT}"),
    (re.compile(r"%PDF"), "pdf", f"ce fichier est un PDF : {_EXPORT}"),
    (re.compile(r"\x1f\x8b"), "compressed", "ce fichier est compressé : déposez le fichier CSV ou XLSX qu’il contient"),
    (
        re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype|html|head|script|body)", re.IGNORECASE | re.DOTALL),
        "web_page",
        f"ce fichier est une page web (page de connexion ?) : reconnectez-vous ; {_EXPORT}",
    ),
    (re.compile(r"\s*<"), "xml", f"ce fichier est du XML : {_EXPORT}"),
    (re.compile(r"\s*[\[{]\s*(?:[\"{\[\]}]|\Z)"), "json", f"ce fichier est du JSON (réponse d’une API ?) : {_EXPORT}"),
    (re.compile(r"\s*TY  - "), "ris", f"ce fichier est au format RIS : {_EXPORT}"),
    (re.compile(r"\s*@[A-Za-z]+\s*\{"), "bibtex", f"ce fichier est au format BibTeX : {_EXPORT}"),
    (
        re.compile(r"\s*(?:FN (?:Clarivate|Thomson|ISI)|PT\tAU)"),
        "web_of_science",
        f"ce fichier vient du Web of Science : {_EXPORT}",
    ),
)
_SCOPUS = {"cited by", "document type", "author s id", "author full names", "art no", "source title", "link"}
_WEB_OF_SCIENCE = {"article title", "ut unique wos id", "accession number", "wos categories"}
_LENS = "lens id"
_PUBLISH_OR_PERISH = {"cites", "gsrank"}
_LEAST = 2  # headings in common with a look-alike, to name it


def refuse_by_beginning(text: str) -> None:
    """Raises UnreadableError on a file that another kind of file begins so."""
    for beginning, code, message in _BEGINNINGS:
        if beginning.match(text):
            raise UnreadableError(code, message)


def unrecognised(rows: Sequence[Sequence[str]], *, says_scival: bool) -> UnreadableError:
    """What a table without the columns of publications seems to be, by its first rows."""
    names = [{folded(cell) for cell in row} for row in rows]
    if says_scival:
        message = (
            "cet export de SciVal n’est pas une liste de publications : aucune ligne n’a les colonnes « Title » et "
            f"« EID » (ou « DOI », « Scopus Author Ids ») ; {_EXPORT}, en cochant « EID »"
        )
        return UnreadableError("not_publications", message)
    if named := _of_another(names):
        return UnreadableError(*named)
    if any(_is_crammed(cell) for row in rows for cell in row):
        message = (
            f"chaque ligne tient en une cellule : le fichier a été enregistré par un tableur ; {_EXPORT}, sans l’ouvrir"
        )
        return UnreadableError("resaved", message)
    message = (
        "ce fichier n’est pas reconnu comme un export de publications de SciVal : on n’y trouve ni son préambule "
        f"(« Data set », « Date exported ») ni ses colonnes ; {_EXPORT}"
    )
    return UnreadableError("unrecognised", message)


def _of_another(names: Sequence[set[str]]) -> tuple[str, str] | None:
    """The source that the headings tell: those of Scopus come last, for the others have some of them too."""
    if any(row & _WEB_OF_SCIENCE for row in names):
        return "web_of_science", f"ce fichier semble venir du Web of Science : {_EXPORT}"
    if any(_LENS in row for row in names):
        return "lens", f"ce fichier semble venir de The Lens : {_EXPORT}"
    if any(row >= _PUBLISH_OR_PERISH for row in names):
        return "publish_or_perish", f"ce fichier semble venir de Publish or Perish : {_EXPORT}"
    if any(len(row & _SCOPUS) >= _LEAST for row in names):
        return "scopus", "ce fichier semble un export de Scopus, non de SciVal : déposez-le comme export de Scopus"
    return None


def _is_crammed(cell: str) -> bool:
    return '"Title"' in cell or ("Title," in cell and ("EID" in cell or "DOI" in cell))
