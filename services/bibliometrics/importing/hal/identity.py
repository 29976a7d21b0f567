"""What tells a deposit of HAL apart: its identifier wherever it is written, else a key made of what it says."""

import hashlib
import re
from collections.abc import Iterable

from services.bibliometrics.domain import normalising

_WRITTEN = re.compile(r"(?<![\w.-])([a-z][a-z0-9]{1,11}[-_]\d{5,9})(?:v\d+)?(?![\w-])", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?://[\w.-]*(?:hal|archives-ouvertes|ccsd)[\w.-]*/(?:[\w.~-]+/)*?"
    r"([a-z][a-z0-9]{1,11}[-_]\d{4,9})(?:v\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"((?:hal[a-z]*|tel|inria|lirmm|pasteur|cel|medihal|dumas|ineris|insu|in2p3|inserm|cea|ensl|sic|ijn|emse|ujm|obspm|"
    r"irsn|ird|cirad|anses|hprints|artxibo|edutice|jpa|peer|pastel)[-_]\d{4,9})(?:v\d+)?",
    re.IGNORECASE,
)


def hal_id(identifiers: Iterable[str], addresses: Iterable[str]) -> str:
    """The identifier that a field of identifiers holds, else that an address on one of HAL's portals ends with."""
    for text in identifiers:
        if bare := normalising.hal_id(text):
            return bare
        if written := _WRITTEN.search(text):
            return written[1].lower()
    return next((found for text in addresses if (found := in_address(text))), "")


def in_address(text: str) -> str:
    found = _ADDRESS.fullmatch(text.strip())
    return found[1].lower() if found else ""


def in_cell(text: str) -> str:
    """The identifier that a whole cell is, whatever its heading: with a prefix that HAL gives, or as an address."""
    found = _ALONE.fullmatch(text.strip())
    return found[1].lower() if found else in_address(text)


def key_of(title: str, doi: str, year: int | None, source_title: str, first_author: str) -> str:
    """The key of a document that has no identifier of HAL: a DOI may be that of the book, so the title is with it."""
    title_key = normalising.title_key(title)
    if doi:
        return f"doi:{doi}#{_hash(title_key)[:16]}"
    told = (title_key, year or "", normalising.folded(source_title), normalising.surname(first_author))
    return f"text:{_hash('|'.join(map(str, told)))[:24]}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
