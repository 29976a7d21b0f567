"""What is given as a Scopus export and is something else: named, so that its owner knows what to send instead."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

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
_TO_EXPORT = "exportez de Scopus, en CSV"


class _Tool(NamedTuple):
    """What else writes lists of publications: known by some of its headings, which Scopus never writes."""

    what: str
    marks: frozenset[str]
    fewest: int = 1
    advice: str = _TO_EXPORT


_BIBLIOMETRIX = "un fichier de bibliometrix (R)"
_ORIGINAL = "réexportez le fichier d’origine, de Scopus, en CSV, et joignez-le sans passer par R"
_TOOLS = (  # the first that fits: PubMed's own identifiers are in the exports of many others
    _Tool("un export de Lens", frozenset({"lens id", "author/s", "date published"})),
    _Tool("un export de Dimensions", frozenset({"pubyear", "dimensions url", "fcr", "rcr", "altmetric"})),
    _Tool("un export de Publish or Perish", frozenset({"gsrank", "articleurl", "citesurl"})),
    _Tool(
        "un export du Web of Science",
        frozenset({"ut (unique wos id)", "ut (unique id)", "wos id", "web of science index", "wos categories"}),
    ),
    _Tool("un export d’Embase", frozenset({"embase link", "embase classification", "pui"})),
    _Tool("un export d’IEEE Xplore", frozenset({"date added to xplore", "article citation count", "ieee terms"})),
    _Tool("un export d’IEEE Xplore", frozenset({"document title", "pdf link", "author affiliations"}), fewest=2),
    _Tool("un export de HAL", frozenset({"halid_s", "docid", "uri_s"}), advice="importez-le comme HAL"),
    _Tool("un export de Zotero", frozenset({"item type", "date added", "abstract note"})),
    _Tool(
        "un tableau d’OpenAlex",
        frozenset({"openalex_id", "primary_location", "authorships", "best_oa_location", "cited_by_count"}),
        advice="importez comme OpenAlex ses publications (works) en JSON",
    ),
    _Tool("un export de PubMed", frozenset({"pmid", "journal/book", "pmcid"})),
    _Tool("un export de Google Scholar", frozenset({"publication", "number", "pages"}), fewest=3),
    _Tool(_BIBLIOMETRIX, frozenset({"au", "ti", "db"}), fewest=3, advice=_ORIGINAL),
    _Tool("un export du Web of Science", frozenset({"pt", "au", "ti"}), fewest=3),
    _Tool(_BIBLIOMETRIX, frozenset({"au", "ti", "py", "so"}), fewest=3, advice=_ORIGINAL),
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
    if plain(Column.EID) in headings:
        return
    headings |= {each.partition(".")[0] for each in headings}  # « authorships.author.display_name »
    for tool in _TOOLS:
        if len(tool.marks & headings) >= tool.fewest:
            raise _another(tool.what, tool.advice)


def _is_known(line: str, delimiter: str) -> bool:
    return line.count(delimiter) > line.count(",") and len(named(line.split(delimiter))) >= _FEWEST


def _is_within_quotes(line: str) -> bool:
    """Whether the whole line is one quoted cell: `"Authors,""Author full names"",…"`."""
    first = next(csv.reader([line]), [""])[0] if line.startswith('"') else ""
    return len(named(first.split(","))) >= _FEWEST


def _another(what: str, advice: str) -> UnreadableError:
    return UnreadableError("not_scopus", f"ce fichier est {what}, et non un export CSV de Scopus : {advice}", 1)
