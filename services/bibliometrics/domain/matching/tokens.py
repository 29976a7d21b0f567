"""The tokens under which records are looked for: two records that share none are never of one publication by rule."""

from services.bibliometrics.domain.publication import Record

from .generic import telling
from .traits import Traits, book_isbns

NEAR = "near:"
"""How the tokens begin that only bring titles to be compared; the others may make one publication of two records."""

_EDGE = 12
_LONGEST = 380  # a token is kept in a column; what it cuts only makes more records meet, which are compared in full


def tokens(record: Record) -> frozenset[str]:
    """The tokens of a record: its identifiers, the ISBNs of a book, and its title where that is telling."""
    traits = Traits.of(record)
    title = {f"title:{traits.key}"} if telling(traits.key) else set()
    return frozenset(token[:_LONGEST] for token in identifiers(record) | title | set(near_tokens(traits)))


def identifiers(record: Record) -> set[str]:
    pairs = {"eid": record.eid, "doi": record.doi, "hal": record.hal_id, "pmid": record.pubmed_id}
    return {f"{name}:{value}" for name, value in pairs.items() if value} | {
        f"isbn:{each}" for each in book_isbns(record)
    }


def near_tokens(traits: Traits) -> list[str]:
    """How a telling title begins and ends, with its year and the next: those of one year or two in a row share one."""
    if traits.year is None or not telling(traits.key):
        return []
    edges = (f"begins:{traits.key[:_EDGE]}", f"ends:{traits.key[-_EDGE:]}")
    return [f"{NEAR}{edge}:{year}" for edge in edges for year in (traits.year, traits.year + 1)]
