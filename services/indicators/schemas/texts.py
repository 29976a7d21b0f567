"""Texts that a caller must write: neither empty, nor too long, nor made of spaces."""

from typing import Annotated

from pydantic import AfterValidator, Field

from services.indicators.domain.assessment import LONGEST_COMMENT
from services.indicators.domain.forms import text_forms

_LONGEST_SOURCE = 1000


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("ce texte est obligatoire, et il est vide")
    for message in text_forms(text, len(text)):
        raise ValueError(message)
    return text


Comment = Annotated[str, Field(min_length=1, max_length=LONGEST_COMMENT), AfterValidator(_written)]
Source = Annotated[str, Field(min_length=1, max_length=_LONGEST_SOURCE), AfterValidator(_written)]
