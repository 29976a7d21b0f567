"""What shows that a step is done: a document's reference or its address, and the digest of a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from .forms import present, text_forms

_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_LONGEST = {"reference": 1000, "address": 2000, "file": 255}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document: its reference or its address; `sha256` is the digest of the named file, in hexadecimal."""

    reference: str | None = None
    address: str | None = None
    file: str | None = None
    sha256: str | None = None


def kept_evidence(evidence: Evidence) -> Evidence | None:
    """A document as it is kept, blank fields absent and the digest in small letters; None where nothing is left."""
    said = {each.name: present(getattr(evidence, each.name)) for each in fields(Evidence)}
    digest = said["sha256"]
    kept = Evidence(**said | {"sha256": digest.lower() if digest else None})
    return None if kept == Evidence() else kept


def evidence_mistakes(evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    """What is wrong with one document, as (column, code, sentence)."""
    reference, address = present(evidence.reference), present(evidence.address)
    if not reference and not address:
        yield "reference", "required", "une preuve donne la référence ou l’adresse d’un document"
    if address and not _is_web_address(address):
        yield "address", "form", "une adresse commence par http:// ou https://, et ne contient pas d’espace"
    for column, longest in _LONGEST.items():
        for message in text_forms(getattr(evidence, column), longest):
            yield column, "form", message
    yield from _file_mistakes(present(evidence.file), present(evidence.sha256))


def _file_mistakes(file: str | None, sha256: str | None) -> Iterator[tuple[str, str, str]]:
    if file and not sha256:
        yield "sha256", "required", "un fichier est accompagné de son empreinte SHA-256"
    if sha256 and not file:
        yield "file", "required", "une empreinte SHA-256 est celle d’un fichier : donnez son nom"
    if sha256 and not _SHA256.fullmatch(sha256):
        yield "sha256", "form", "une empreinte SHA-256 a 64 chiffres hexadécimaux (0 à 9, a à f)"


def _is_web_address(address: str) -> bool:
    if any(letter.isspace() or not letter.isprintable() for letter in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
