"""The report of an import: what became of the rows, what they will not be counted for, and what is to be looked at."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from shared.sentences import typeset

from .domain.consolidation import consolidated
from .domain.exclusion import reason
from .domain.matching import Crowd
from .domain.publication import Record
from .importing.reading import Finding, Reading, Severity

_SHOWN = 500
_GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


class _Recorded(Protocol):
    duplicates: int
    overtaken: int
    created: set[str]

    @property
    def updated(self) -> int: ...
    @property
    def unchanged(self) -> int: ...


class _File(Protocol):
    @property
    def sha256(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def extracted_on(self) -> date | None: ...


def report_of(reading: Reading, recorded: _Recorded, file: _File) -> dict[str, Any]:
    """The counts add up to what was received; of a file that is refused, nothing is created nor updated."""
    findings = sorted([*reading.findings, *_dated(recorded, file.extracted_on or reading.extracted_on)], key=_gravity)
    day = file.extracted_on or reading.extracted_on
    return {
        "received": reading.received,
        "created": len(recorded.created),
        "updated": recorded.updated,
        "unchanged": reading.received - reading.rejected if reading.is_refused else recorded.unchanged,
        "rejected": reading.rejected,
        "duplicates": recorded.duplicates,
        "excluded": excluded({record.key: record for _, record in reading.records}.values()),
        "findings": _findings(findings),
        "sha256": file.sha256,
        "extracted_on": day.isoformat() if day else None,
        "updated_on": reading.updated_on.isoformat() if reading.updated_on else None,
        "layout": reading.layout,
        "source": str(reading.source),
        "filename": file.name,
        "dataset": reading.dataset,
        "announced": reading.announced,
    }


def _dated(recorded: _Recorded, day: date | None) -> Iterator[Finding]:
    """What the day of a file, or the want of one, does to what it says."""
    if day is None:
        message = "le jour de l’export n’est pas connu : le fichier vaut celui de sa réception ; donnez extractedOn"
        yield Finding(code="undated", severity=Severity.NOTICE, message=message)
    if recorded.overtaken:
        message = f"{recorded.overtaken} notice(s) sont connues d’un export plus récent, qui l’emporte là où il dit"
        yield Finding(code="overtaken", severity=Severity.NOTICE, message=f"{message} autre chose")


def _gravity(finding: Finding) -> tuple[int, bool, int]:
    """The gravest first, by row; of the same gravity, what is said of how many more there are comes last."""
    return _GRAVEST_FIRST.index(finding.severity), finding.code.startswith("more"), finding.row or 0


def excluded(records: Iterable[Record]) -> dict[str, int]:
    """How many of these records, each by itself, would not be counted, by reason."""
    reasons = Counter(why for record in records if (why := reason(consolidated([record]))))
    return dict(sorted(reasons.items()))


def crowd(each: Crowd) -> dict[str, Any]:
    """What is said of records that are too many alike to be compared two by two."""
    message = (
        f"{each.size} notices ont « {each.token} » en commun : elles ne sont pas comparées deux à deux ; "
        "décidez de celles qui n’en font qu’une"
    )
    return _finding(Finding(code="crowded", severity=Severity.NOTICE, message=message))


def _findings(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    shown = [_finding(each) for each in findings[:_SHOWN]]
    if len(findings) <= _SHOWN:
        return shown
    more = Finding(code="more", severity=Severity.NOTICE, message=f"et {len(findings) - _SHOWN} autre(s) constat(s)")
    return [*shown, _finding(more)]


def _finding(each: Finding) -> dict[str, Any]:
    return {
        "row": each.row,
        "column": each.column,
        "code": each.code,
        "severity": str(each.severity),
        "message": typeset(each.message),
    }
