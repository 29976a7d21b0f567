"""Identifiers of institutions and persons in the one form in which they are compared, and which forms are right."""

import re
from collections.abc import Mapping

from services.bibliometrics.domain.registry import AffiliationKind

_PREFIXES: Mapping[AffiliationKind, str] = {
    AffiliationKind.SCOPUS: "scopus",
    AffiliationKind.ROR: "ror",
    AffiliationKind.HAL_COLLECTION: "hal_collection",
    AffiliationKind.HAL_STRUCTURE: "hal_structure",
}
_AROUND = re.compile(r"https?://(?:www\.)?(?:ror|orcid)\.org/")
_ROR = re.compile(r"0[a-z0-9]{6}\d{2}")
_DIGITS = re.compile(r"[0-9]+")
_ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dX]")


def bare(text: str) -> str:
    """An identifier without spaces nor its site's address, in lower case; empty where there is none."""
    written = text.strip().lower()
    return _AROUND.sub("", written).rstrip("/") if "/" in written else written


def affiliation_key(kind: AffiliationKind, value: str) -> str:
    """An identifier of an institution as records write it: `scopus:60009587`, in lower case."""
    return f"{_PREFIXES[kind]}:{bare(value)}"


def is_affiliation(kind: AffiliationKind, value: str) -> bool:
    """Whether an identifier has the form of its kind; collections of HAL have none of their own."""
    if kind is AffiliationKind.ROR:
        return bool(_ROR.fullmatch(bare(value)))
    return kind is AffiliationKind.HAL_COLLECTION or is_number(value)


def is_number(value: str) -> bool:
    return bool(_DIGITS.fullmatch(value.strip()))


def is_orcid(value: str) -> bool:
    """Four groups of four whose last character checks the others (ISO 7064, 11-2)."""
    written = bare(value).upper()
    if not _ORCID.fullmatch(written):
        return False
    total = 0
    for digit in written[:-1].replace("-", ""):
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == written[-1]
