"""The works of OpenAlex, of both its schemas, as its API or its dump gives them, read into records."""

from pathlib import Path

from services.bibliometrics.domain.publication import Source
from services.bibliometrics.importing.delimited import UnreadableError
from services.bibliometrics.importing.gathering import UnfitError
from services.bibliometrics.importing.reading import Progress, Reading

from .file import fill
from .pages import page_of
from .works import record_of

__all__ = ["UnfitError", "page_of", "read", "record_of"]


def read(path: Path, filename: str, progress: Progress) -> Reading:  # noqa: ARG001 (every importer is told the name)
    """An answer of /works, a work, a list of them, JSON lines, or a part of the dump (.gz).

    What can't be read gives an error among the findings, never an exception.
    """
    reading = Reading(source=Source.OPENALEX, layout="")
    try:
        fill(reading, path, progress)
    except UnreadableError as error:
        reading.findings.append(error.finding)
    return reading
