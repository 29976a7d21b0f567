"""What tells a publication of SciVal apart: its EID; else its DOI, which chapters share; else what is said of it."""

import hashlib

from services.bibliometrics.domain.normalising import title_key

from .cells import CellError


def key_without_eid(doi: str, title: str, rest: str) -> str:
    """The key of a record; `rest` is year, folded source and family name of the first author. Raises CellError."""
    words = title_key(title)
    if doi:
        return f"doi:{doi}#{_digest(words, 16)}"
    if not words:
        message = "ni EID, ni DOI, ni titre : rien ne dit quelle est cette publication"
        raise CellError("unknowable", "Title", message)
    return f"text:{_digest(f'{words}|{rest}', 24)}"


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
