"""What a connector gives back, page after page; and why it stops before the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.bibliometrics.domain.publication import Record, Source
from services.bibliometrics.importing.reading import Finding

Position = Mapping[str, str]
"""Where a page begins, as the parameters of its request: all that is to be kept in order to go on."""

Query = tuple[str, ...]
"""What is searched for: the one query of Scopus, or the filters of HAL, all of which apply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many more requests a key has, and when it has all of them again; none where the source doesn't say."""

    remaining: int | None = None
    resets_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer as it came (`body`), without keys: `count` entries of `total`; `following` is none after the last.

    `note` says what could not be had as it should, and was had otherwise.
    """

    body: str
    count: int
    total: int
    following: Position | None
    quota: Quota = Quota()
    note: str = ""


class WaitingError(Exception):
    """The source wants no more requests for now; `until` is none where it doesn't say how long."""

    def __init__(self, sentence: str, until: datetime | None, quota: Quota) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.until = until
        self.quota = quota


class FailedError(Exception):
    """The source refuses, or can't be understood, in a sentence. Where `is_final`, the same place fails for ever."""

    def __init__(self, sentence: str, *, is_final: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.is_final = is_final


class Connector(Protocol):
    """How one source is asked; it keeps nothing of a fetch."""

    @property
    def source(self) -> Source: ...

    @property
    def layout(self) -> str: ...

    def beginning(self) -> Position:
        """Where the first page begins."""
        ...

    async def page(self, query: Query, position: Position, received: int) -> Page:
        """The page that begins there, after so many entries. Raises WaitingError or FailedError."""
        ...

    def entries(self, value: Any) -> list[Any]:
        """What the JSON of a page that was kept holds."""
        ...

    def identifier(self, entry: Any) -> str:
        """What tells an entry from another; empty where it says nothing."""
        ...

    def record_of(self, entry: Any) -> Record:
        """The record of an entry. Raises UnfitError."""
        ...

    def remarks(self, records: list[Record]) -> list[Finding]:
        """What is to be said of all the records together."""
        ...
