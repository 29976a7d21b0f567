"""How titles are compared: what is left of them, and how alike two of them are."""

import re
from decimal import Decimal

from rapidfuzz.distance import Indel

from services.bibliometrics.domain.normalising import title_key

_RETRACTED = re.compile(r"^\W*(?:retracted|withdrawn)(?:\s+(?:article|paper|chapter))?\s*[:\-–—\]]+\s*", re.IGNORECASE)
_NOTICE = re.compile(
    r"^\W*(?:errat(?:um|a)\b|corrigend(?:um|a)\b|rectificatif\b|addendum (?:to|à)\b"
    r"|(?:(?:author|publisher)\W{0,2}s?\s+)?correction(?:\s*:|\s+to\s*:|\s+notice\b|\s+to\s+[\"'“‘«]|\s*$)"
    r"|retraction(?:\s*:|\s+(?:notice|note)\b|\s+to\s*:|\s*$)|(?:notice|note) of retraction\b"
    r"|(?:editorial )?expression of concern\b)",
    re.IGNORECASE,
)


def compared(title: str) -> str:
    """The key by which a title is compared; that of a retracted article is the article's own."""
    return title_key(_RETRACTED.sub("", title))


def says_retracted(title: str) -> bool:
    return _RETRACTED.match(title) is not None


def says_notice(title: str) -> bool:
    """Whether a title is that of an erratum or of a notice of retraction, not of the article itself."""
    return _NOTICE.match(title) is not None


def agree(one: str, other: str) -> bool:
    """Whether two keys are of one title: equal, or alike at 0.9 with the same figures (« part 1 » is not « 2 »)."""
    if one == other:
        return one != ""
    return _alike(one, other, 90) and _figures(one) == _figures(other)


def alike(one: str, other: str) -> bool:
    """Whether the ratio of two keys is 0.85 at least; an empty one is like nothing."""
    return _alike(one, other, 85)


def ratio(one: str, other: str) -> Decimal:
    """How alike two keys are, rounded down to two decimals so that it never shows a threshold that it misses."""
    total = len(one) + len(other)
    kept = 100 if not total else 100 * (total - Indel.distance(one, other)) // total
    return Decimal(kept).scaleb(-2)


def _alike(one: str, other: str, hundredths: int) -> bool:
    most = (len(one) + len(other)) * (100 - hundredths) // 100
    return bool(one and other) and Indel.distance(one, other, score_cutoff=most) <= most


def _figures(key: str) -> list[str]:
    return [each for each in key if each.isdigit()]
