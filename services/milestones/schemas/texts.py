"""The texts that somebody writes in a body or an address: never blank, and without what no text holds."""

from typing import Annotated

from pydantic import AfterValidator, Field

from services.milestones.domain.dates import LONGEST_DATE
from services.milestones.domain.forms import text_forms
from services.milestones.domain.progress import LONGEST_REASON

LONGEST_COMMENT = 2000


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("ce texte est obligatoire, et il est vide")
    for message in text_forms(text, len(text)):
        raise ValueError(message)
    return text.strip()


_WRITTEN = AfterValidator(_written)
Comment = Annotated[str, Field(min_length=1, max_length=LONGEST_COMMENT), _WRITTEN]
Reason = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON, description="Pourquoi ce changement."), _WRITTEN]
Words = Annotated[
    str, Field(min_length=1, max_length=LONGEST_DATE, examples=["T4 2024", "fin 2025", "T2/2026 ?"]), _WRITTEN
]
"""The words of a date."""
