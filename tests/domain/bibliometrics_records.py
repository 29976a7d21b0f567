"""Records made for tests, of which only what matters to the test is said."""

from typing import Any

from services.bibliometrics.domain.publication import Author, DocumentType, Record, Source

TITLE = "Slow evaporation of droplets on granite tiles"
OTHER_TITLE = "Freight tramways in mid-sized alpine towns"


def record(ref: str, title: str = TITLE, *, first_author: str = "Arvel M.", **said: Any) -> Record:
    """A record named `source:key`, an article of 2024 by Arvel unless said otherwise.

    A key of digits in Scopus or SciVal is its EID, and the key of a record of HAL its HAL identifier.
    """
    source, _, key = ref.partition(":")
    usual: dict[str, Any] = {"year": 2024, "type": DocumentType.ARTICLE, "authors": (Author(name=first_author),)}
    if source in {Source.SCOPUS, Source.SCIVAL} and key.isdigit():
        usual["eid"] = key
    if source == Source.HAL:
        usual["hal_id"] = key
    return Record(source=Source(source), key=key, title=title, **{**usual, **said})
