"""What a file that is refused seems to be, in words that tell where it comes from."""

import re
from pathlib import Path

_MAGIC = {
    b"PK\x03\x04": "un classeur ou une archive ZIP",
    b"\xd0\xcf\x11\xe0": "un classeur Excel ancien (.xls)",
    b"%PDF": "un PDF",
    b"\x1f\x8b": "une archive gzip",
    b"SQLite": "une base SQLite",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
    b"PAR1": "un fichier Parquet",
}
_TEXTS: tuple[tuple[str, str], ...] = (
    (r"(?s)\s*[\[{].*\"(halId_s|docType_s|authFullName_s)\"", "une réponse de HAL"),
    (r"(?s)\s*[\[{].*\"search-results\"", "une réponse de Scopus"),
    (r"(?s)\s*[\[{].*openalex\.org/W", "une réponse d’OpenAlex"),
    (r"(?s)\s*[\[{].*\"numFound\"", "une réponse de HAL"),
    (r"\s*[\[{]", "un document JSON"),
    (r"\s*<(!doctype\s+html|html|head|body)", "une page HTML (page de connexion ou d’erreur ?)"),
    (r"\s*(<\?xml[^>]*>\s*)?<(\w+:)?TEI", "un XML-TEI de HAL"),
    (r"\s*<", "un fichier XML"),
    (r"\s*@\w+\s*\{", "une bibliographie BibTeX"),
    (r"\s*TY  - ", "une bibliographie RIS"),
    (r'\s*"?Data set"?,', "un export de SciVal"),
    (r"[^\n]*\bCites\b[^\n]*\bGSRank\b", "un export de Publish or Perish"),
    (r"[^\n]*\bLens ID\b", "un export de The Lens"),
    (r"[^\n]*(UT \(Unique WOS ID\)|\bArticle Title\b|\bWoS Categories\b)", "un export du Web of Science"),
    (r"(FN (Clarivate|Thomson|ISI)|PT\tAU)", "un export du Web of Science"),
    (r"[^\n]*(\bEID\b|Author\(s\) ID|Author full names|Source title)", "un export CSV de Scopus"),
    (r"[^\n]*(halId_s|docType_s|authFullName_s)", "un export CSV de HAL"),
    (r"[^\n]*[;,\t]", "un tableau CSV"),
)
_HEAD = 8192


def seems(path: Path, head: str) -> str:
    """A noun phrase, as « une page HTML »; `head` is how its text begins."""
    with path.open("rb") as file:
        start = file.read(16)
    by_bytes = next((name for magic, name in _MAGIC.items() if start.startswith(magic) and not _is_text(head)), "")
    return by_bytes or seems_text(head[:_HEAD])


def seems_text(head: str) -> str:
    return next((name for pattern, name in _TEXTS if re.match(pattern, head, re.IGNORECASE)), "un texte")


def _is_text(head: str) -> bool:
    return bool(head) and head[:1] in "{[" and "\ufffd" not in head[:_HEAD]
