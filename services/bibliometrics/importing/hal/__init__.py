"""The deposits of HAL, as its search API, its portals or ExtrHAL give them, read into records."""

from pathlib import Path

from services.bibliometrics.domain.publication import Source
from services.bibliometrics.importing.delimited import UnreadableError
from services.bibliometrics.importing.gathering import UnfitError
from services.bibliometrics.importing.reading import Progress, Reading

from .deposits import record_of
from .file import fill
from .pages import page_of

__all__ = ["UnfitError", "page_of", "read", "record_of"]


def read(path: Path, filename: str, progress: Progress) -> Reading:  # noqa: ARG001 (every importer is told the name)
    """An answer of the search API (JSON or CSV), its documents alone, JSON lines, or the CSV of a portal or of ExtrHAL.

    What can't be read gives an error among the findings, never an exception.
    """
    reading = Reading(source=Source.HAL, layout="")
    try:
        fill(reading, path, progress)
    except UnreadableError as error:
        reading.findings.append(error.finding)
    return reading
