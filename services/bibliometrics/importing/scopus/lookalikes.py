"""What is given as a Scopus export and is something else: named, so that its owner knows what to send instead."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from services.bibliometrics.importing.delimited import UnreadableError

from .columns import Column, named, plain
from .refusals import RESAVED

_START = 4096
_SIGNATURES: tuple[tuple[re.Pattern[bytes], str, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), what, advice)
    for pattern, what, advice in (
        (rb"PK\x03\x04", "un classeur ou une archive ZIP", "exportez en CSV, et joignez le fichier sans l’ouvrir"),
        (rb"\xd0\xcf\x11\xe0", "un classeur Excel", "exportez en CSV, et joignez le fichier sans l’ouvrir"),
        (rb"\x1f\x8b", "un fichier compressé", "décompressez-le"),
        (rb"%PDF", "un PDF", "exportez en CSV"),
        (rb"<", "une page web (celle d’une connexion expirée ?)", "reconnectez-vous à Scopus et exportez en CSV"),
        (rb"\{|\[\s*[\{\]]", "du JSON", "exportez en CSV"),
        (rb"(?:FN|VR) (?:Clarivate|Thomson|1\.0)", "un export du Web of Science", "exportez de Scopus, en CSV"),
        (rb"\"?PT\"?\t\"?AU\"?\t", "un export du Web of Science", "exportez de Scopus, en CSV"),
        (rb"TY\s\s?-\s", "un fichier RIS", "exportez de Scopus au format CSV"),
        (rb"@[a-z]+\s*\{|Scopus\s+EXPORT DATE.*?@[a-z]+\s*\{", "un fichier BibTeX", "exportez de Scopus au format CSV"),
        (rb"Scopus\s+EXPORT DATE", "un export de Scopus en texte", "exportez-le au format CSV"),
        (rb"\"?Data set\"?\s*,", "un export de SciVal", "importez-le comme SciVal"),
        (rb"\"?About the data:", "un export de Dimensions", "exportez de Scopus, en CSV"),
    )
)
_SCIVAL = frozenset({"scopus source title", "field-weighted citation impact", "scopus author ids"})
_MARKS: tuple[tuple[frozenset[str], str, str], ...] = (
    (frozenset({"gsrank", "articleurl", "citesurl"}), "un export de Publish or Perish", "exportez de Scopus, en CSV"),
    (
        frozenset({"ut (unique wos id)", "ut (unique id)", "wos id", "web of science index", "wos categories"}),
        "un export du Web of Science",
        "exportez de Scopus, en CSV",
    ),
    (frozenset({"pmid", "journal/book", "pmcid"}), "un export de PubMed", "exportez de Scopus, en CSV"),
    (frozenset({"lens id"}), "un export de Lens", "exportez de Scopus, en CSV"),
    (frozenset({"pubyear", "dimensions url"}), "un export de Dimensions", "exportez de Scopus, en CSV"),
    (frozenset({"halid_s", "docid", "uri_s"}), "un export de HAL", "importez-le comme HAL"),
    (frozenset({"item type", "date added"}), "un export de Zotero", "exportez de Scopus, en CSV"),
    (frozenset({"openalex_id", "primary_location", "authorships"}), "un export d’OpenAlex", "importez-le comme tel"),
)
_FEWEST = 3  # headings that make a row of headings known, whatever separates them


def refuse_other_formats(path: Path) -> None:
    """Raises UnreadableError on a file that begins as another format does."""
    with path.open("rb") as file:
        start = file.read(_START)
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, what, advice in _SIGNATURES:
        if pattern.match(start):
            raise _another(what, advice)


def delimiter_of(first_line: str) -> str:
    """A comma, or a tab where it parts the headings. Raises UnreadableError where a spreadsheet wrote the line."""
    line = first_line.rstrip()
    if line.endswith(";;") or line.startswith("sep=") or _is_known(line, ";") or _is_within_quotes(line):
        raise UnreadableError("resaved", RESAVED, 1)
    return "\t" if line.count("\t") > line.count(",") and _is_known(line, "\t") else ","


def refuse_other_headings(header: Sequence[str]) -> None:
    """Raises UnreadableError on the headings of another tool; an EID column is believed, but SciVal has one too."""
    headings = {plain(each) for each in header}
    if _SCIVAL & headings:
        raise _another("un export de SciVal", "importez-le comme SciVal")
    for marks, what, advice in _MARKS:
        if marks & headings and plain(Column.EID) not in headings:
            raise _another(what, advice)


def _is_known(line: str, delimiter: str) -> bool:
    return line.count(delimiter) > line.count(",") and len(named(line.split(delimiter))) >= _FEWEST


def _is_within_quotes(line: str) -> bool:
    """Whether the whole line is one quoted cell: `"Authors,""Author full names"",…"`."""
    first = next(csv.reader([line]), [""])[0] if line.startswith('"') else ""
    return len(named(first.split(","))) >= _FEWEST


def _another(what: str, advice: str) -> UnreadableError:
    return UnreadableError("not_scopus", f"ce fichier est {what}, et non un export CSV de Scopus : {advice}", 1)
