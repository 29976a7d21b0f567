"""A file that was sent: kept in a temporary file, digested, and read by the importer of its source, in a thread."""

import asyncio
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import UploadFile

from .domain.publication import Source
from .importing import hal, openalex, scival, scopus
from .importing.reading import Progress, Reading

_BLOCK = 1024 * 1024
READERS: Mapping[Source, Callable[[Path, str, Progress], Reading]] = {
    Source.SCOPUS: scopus.read,
    Source.SCIVAL: scival.read,
    Source.HAL: hal.read,
    Source.OPENALEX: openalex.read,
}


@dataclass(frozen=True, slots=True)
class Received:
    """A file's digest, and what was read in it."""

    sha256: str
    reading: Reading


async def read(file: UploadFile, source: Source) -> Received:
    """What a file says; the copy is deleted at once."""
    return await asyncio.to_thread(_read, file, source)


def _read(file: UploadFile, source: Source) -> Received:
    with tempfile.TemporaryDirectory(prefix="cadran-") as folder:
        copy = Path(folder) / "file"
        with copy.open("wb") as written:
            shutil.copyfileobj(file.file, written, _BLOCK)
        return Received(_digest(copy), READERS[source](copy, file.filename or "", _silent))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _silent(_rows: int) -> None:
    """Nobody watches an upload."""
