"""Identifiers and titles in the one form in which they are compared (bibliometrics: rule 1 of matching)."""

import html
import re
import unicodedata

_EID = re.compile(r"2-s2\.0-(\d{4,20})|/pages/publications/(\d{4,20})|/publications/(\d{4,20})|SCOPUS_ID:(\d{4,20})")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_HAL = re.compile(r"^([a-z][a-z0-9]*[-_]\d+)(?:v\d+)?$")
_NOT_DIGIT = re.compile(r"[^0-9X]")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_ISBN10, _ISBN13 = 10, 13


def eid(text: str) -> str:
    """The digits of the first Scopus identifier in a text (a cell, or a link whatever its host); empty without one."""
    found = _EID.search(text)
    return next((digits for digits in found.groups() if digits), "") if found else ""


def doi(text: str) -> str:
    """A DOI in lower case without what is written around it; empty where there is none (blank, « - »)."""
    found = _DOI.search(html.unescape(text).strip().lower())
    return found[0].rstrip(".,;") if found else ""


def hal_id(text: str) -> str:
    """A HAL identifier without its version; empty where there is none."""
    found = _HAL.match(text.strip().lower())
    return found[1] if found else ""


def isbn(text: str) -> str:
    """An ISBN in thirteen digits; empty where the text holds neither ten nor thirteen."""
    digits = _NOT_DIGIT.sub("", text.upper())
    if len(digits) == _ISBN13 and digits.isdigit():
        return digits
    if len(digits) != _ISBN10 or not digits[:9].isdigit():
        return ""
    body = "978" + digits[:9]
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


def folded(text: str) -> str:
    """A text in lower case, without accents, its words parted by single spaces; other alphabets keep their letters."""
    said = html.unescape(text) if "&" in text else text
    if said.isascii():
        return " ".join(_NOT_ASCII_WORD.sub(" ", said.lower()).split())
    plain = unicodedata.normalize("NFKD", said).casefold()
    kept = "".join(each if each.isalnum() else " " for each in plain if not unicodedata.combining(each))
    return " ".join(kept.split())


def title_key(title: str) -> str:
    """What titles are compared by: letters and digits alone, of what precedes « ; [Original title] »."""
    return folded(title.partition("; [")[0]).replace(" ", "")


def surname(name: str) -> str:
    """The folded family name of « El housse, Mohamed », « El housse M. » or « Mohamed El Housse »: its longest word."""
    family = name.partition(",")[0] if "," in name else name
    return max(folded(family).split(), key=len, default="")
