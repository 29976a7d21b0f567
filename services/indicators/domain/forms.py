"""What one cell may hold, whatever its row says besides: codes, years, numbers, texts, and how money is counted."""

import re
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from .contract import Contract

YEARS = range(1900, 2201)
TOO_MANY_DIGITS = "au plus 20 chiffres avant la virgule et 10 après"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_CONSTANT = re.compile(r"constant-euros-([0-9]{4})")
_PLACES, _LIMIT = 10, Decimal(10) ** 20
_DECIMALS = range(11)


def cell_form(table: str, column: str, value: Any) -> str | None:
    """What is wrong with one cell of a definition, or None."""
    if isinstance(value, str):
        return _text_form(table, column, value)
    if isinstance(value, Decimal):
        return _number_form(value)
    if column.endswith("year") and value is not None and value not in YEARS:
        return f"« {value} » n’est pas une année (1900 à 2200)"
    if column == "decimals" and value not in _DECIMALS:
        return "le nombre de décimales va de 0 à 10"
    return None


def _text_form(table: str, column: str, value: str) -> str | None:
    if column in {"code", "target"}:
        return code_form(value)
    if column == "basis":
        return basis_form(value)
    if column in required_texts(table) and not value.strip():
        return "ce texte est obligatoire, et il est vide"
    return "le texte contient un caractère nul" if "\x00" in value else None


@cache
def required_texts(table: str) -> frozenset[str]:
    """The columns of a table whose text is always there; what refers to another table is checked with that table."""
    model = get_args(get_type_hints(Contract)[table])[0]
    hints = get_type_hints(model)
    return frozenset(each.name for each in fields(model) if hints[each.name] is str and each.default != "")


def code_form(value: str) -> str | None:
    if _CODE.fullmatch(value):
        return None
    return f"« {value} » n’est pas un code : lettres sans accent, chiffres, « - », « . » et « _ », au plus 64"


def basis_form(value: str) -> str | None:
    """How money is counted; any other word would be taken for current euros."""
    constant = _CONSTANT.fullmatch(value)
    if value in {"", "current-euros"} or (constant and int(constant[1]) in YEARS):
        return None
    return f"« {value} » n’est pas une base : current-euros, constant-euros-AAAA (constant-euros-2022), ou rien"


def perimeter_form(value: str) -> str | None:
    return code_form(value) if value else None


def _number_form(value: Decimal) -> str | None:
    if not value.is_finite():
        return "un nombre fini est attendu"
    return None if is_storable(value) else TOO_MANY_DIGITS


def is_storable(value: Decimal) -> bool:
    """Whether a value has no more digits than any column or view holds."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_PLACES and value.copy_abs() < _LIMIT


def text_forms(text: str, longest: int) -> Iterator[str]:
    """What is wrong with a text that a person writes."""
    if len(text) > longest:
        yield f"texte trop long (au plus {longest} caractères)"
    if any(ord(letter) < ord(" ") and letter not in "\n\t" for letter in text):
        yield "le texte contient un caractère de commande"
