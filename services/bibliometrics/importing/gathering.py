"""Items of a file made into the records of a reading: what is refused, how much is said of it, and who is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from services.bibliometrics.domain.publication import Record

from .delimited import UnreadableError
from .documents import Broken
from .reading import Finding, Progress, Reading, Severity

SAID = 50  # refusals said one by one; how many more there are is said once
STEP = 500


class UnfitError(ValueError):
    """Why an item can't be a document, in a sentence."""


@dataclass(frozen=True, slots=True)
class Page:
    """The items of an answer, and how many its source says there are in all (none: unsaid)."""

    items: list[Any]
    announced: int | None = None


@dataclass(slots=True)
class Refusals:
    """The items that are refused: the first ones one by one, the others counted."""

    found: list[Finding] = field(default_factory=list)
    total: int = 0

    def add(self, row: int, sentence: str) -> None:
        self.total += 1
        if self.total <= SAID:
            self.found.append(Finding(code="rejected", severity=Severity.ERROR, message=sentence, row=row))

    def findings(self) -> list[Finding]:
        if self.total <= SAID:
            return self.found
        rest = f"éléments refusés en plus, non détaillés ici : {self.total - SAID}"
        return [*self.found, Finding(code="rejected_more", severity=Severity.ERROR, message=rest)]


def gather(
    reading: Reading, items: Iterable[tuple[int, Any]], record_of: Callable[[Any], Record], progress: Progress
) -> None:
    """Puts the records of these items, and the refusals, into the reading; what ends the file early is said of it."""
    refusals = Refusals()
    ending: list[Finding] = []
    try:
        for row, item in items:
            reading.received += 1
            _take(reading, refusals, row, item, record_of)
            if reading.received % STEP == 0:
                progress(reading.received)
    except UnreadableError as error:
        ending.append(error.finding)
    reading.rejected += refusals.total
    reading.findings += [*refusals.findings(), *ending]
    progress(reading.received)


def _take(reading: Reading, refusals: Refusals, row: int, item: Any, record_of: Callable[[Any], Record]) -> None:
    if isinstance(item, Broken):
        refusals.add(row, f"ligne illisible comme JSON ({item.reason})")
        return
    try:
        reading.records.append((row, record_of(item)))
    except UnfitError as error:
        refusals.add(row, str(error))


def pages(
    reading: Reading, values: Iterable[tuple[int, Any]], page_of: Callable[[Any], Page | None]
) -> Iterable[tuple[int, Any]]:
    """The items of these values with their ranks from 1: a value may be an item, a page of items, or a list of both."""
    rank = 0
    for _, value in values:
        for each in value if isinstance(value, list) else (value,):
            page = page_of(each)
            if page and page.announced is not None:
                reading.announced = max(page.announced, reading.announced or 0)
            for item in page.items if page else (each,):
                rank += 1
                yield rank, item


def incomplete(reading: Reading) -> list[Finding]:
    """The warning that the source announces more than the file holds."""
    if reading.announced is None or reading.announced <= reading.received:
        return []
    message = (
        f"documents dans le fichier : {reading.received}, annoncés par la source : {reading.announced} ; "
        "c’est une page d’un résultat plus grand : exportez aussi les suivantes"
    )
    return [Finding(code="incomplete", severity=Severity.WARNING, message=message)]


def lacking(reading: Reading, column: str, what: str, remedy: str, lacks: Callable[[Record], bool]) -> list[Finding]:
    """The warning that some records lack what the source calls `column`: « what : 12 ; remedy »."""
    number = sum(lacks(record) for _, record in reading.records)
    if not number:
        return []
    message = f"{what} : {number} ; {remedy}"
    return [Finding(code=f"without_{column}", severity=Severity.WARNING, message=message, column=column)]


def beginning(items: Iterable[tuple[int, Any]]) -> tuple[list[tuple[int, Any]], Iterable[tuple[int, Any]]]:
    """The first item (or none), and those that follow."""
    rest = iter(items)
    return list(islice(rest, 1)), rest
