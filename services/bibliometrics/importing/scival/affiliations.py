"""The affiliations of a document: Scopus identifiers, and names as far as what parts them is certain."""

import html

from .cells import identifiers, parts, said


def affiliation_ids(cell: str) -> tuple[str, ...]:
    """Each Scopus affiliation once, written `scopus:60009587`."""
    return tuple(dict.fromkeys(f"scopus:{digits}" for digits in identifiers(cell) if digits))


def names_of_today(cell: str) -> list[str]:
    """Names joined by bars."""
    return parts(html.unescape(cell))


def names_of_2018(cell: str) -> list[str]:
    """Names joined by semicolons; or by bars."""
    text = html.unescape(cell)
    return parts(text) if "|" in text else parts(text, ";")


def institutions_of_2018(cell: str, count: int | None) -> list[str]:
    """Names joined by commas, which names have too: they are parted where that gives their announced number."""
    text = html.unescape(cell)
    if "|" in text or not said(text):
        return parts(text)
    pieces = parts(text, ", ")
    return pieces if len(pieces) == count else [text.strip()]
