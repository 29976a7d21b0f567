"""JSON documents, JSON lines and their gzipped form, read within bounds, one value at a time with its line."""

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, BinaryIO, cast

from .delimited import UnreadableError

LARGEST_UNPACKED = 2 * 1024**3  # bytes of a gzipped file once unpacked: more is a bomb, or is to be split
LARGEST_WHOLE = 512 * 1024**2  # bytes of a document that is not lines: it is held in memory at once
LONGEST_LINE = 64 * 1024**2
LONGEST_NUMBER = 18  # digits: longer ones are no year, no count, no identifier
_HEAD = 64 * 1024
_GZIP = b"\x1f\x8b"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is no JSON, and why."""

    reason: str


def is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == _GZIP


def head_of(path: Path) -> str:
    """How the text begins, unpacked if need be. Raises UnreadableError on a broken archive."""
    with _opened(path) as file:
        head = file.read(_HEAD)
    encoding = "utf-16" if head[:2] in _UTF16 else "utf-8-sig"
    return head.decode(encoding, "replace").strip()


def looks_like_json(head: str) -> bool:
    return head[:1] in ("{", "[") and head[1:].lstrip()[:1] in ('"', "{", "[", "}", "]")


def is_lines(path: Path) -> bool:
    """Whether each line is an object of its own: the first two begin as one, which an indented document's never do."""
    with _opened(path) as file:
        begins = [line for line, _ in zip(_starts(file), range(2), strict=False)]
    return len(begins) > 1 and all(begin.startswith(b"{") for begin in begins)


def values(path: Path) -> Iterator[tuple[int, Any]]:
    """Each line's value, or the whole document's, with its line; a line that can't be read is `Broken`.

    Raises UnreadableError on a document that is no JSON, is too large or is packed wrongly.
    """
    return _lines(path) if is_lines(path) else iter([(1, _whole(path))])


def loads(text: bytes) -> Any:
    """A JSON value: decimals exact, and none for what is no number of this world (NaN, endless digits).

    Raises ValueError on what is no JSON, or is nested too deep.
    """
    try:
        return json.loads(text, parse_float=_decimal, parse_int=_integer, parse_constant=lambda _: None)
    except RecursionError as error:
        raise ValueError("imbrication trop profonde") from error


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _integer(text: str) -> int | None:
    return int(text) if len(text) <= LONGEST_NUMBER else None


def _whole(path: Path) -> Any:
    with _opened(path) as file:
        text = file.read(LARGEST_WHOLE + 1)
    if len(text) > LARGEST_WHOLE:
        raise _too_large(LARGEST_WHOLE, "découpez-le, ou donnez-le en JSON Lines (un objet par ligne)")
    try:
        return loads(text)
    except ValueError as error:
        raise _no_json(error) from error


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    with _opened(path) as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise UnreadableError("too_large", "ligne trop longue pour être un seul document", number)
            if text := line.strip():
                yield number, _value(text if number > 1 else text.removeprefix(b"\xef\xbb\xbf"))


def _value(text: bytes) -> Any:
    try:
        return loads(text)
    except ValueError as error:
        return Broken(_reason(error))


def _starts(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        if begin := line.removeprefix(b"\xef\xbb\xbf").strip():
            yield begin[:1]


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked and counted where it is gzipped."""
    with path.open("rb") as file:
        if not is_gzip(path):
            yield file
            return
        try:
            yield cast("BinaryIO", _Bounded(file))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            message = "archive gzip abîmée ou incomplète : téléchargez-la à nouveau"
            raise UnreadableError("gzip", message) from error


class _Bounded:
    """A gzipped file that gives no more than it may."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=file)
        self._given = 0

    def read(self, size: int) -> bytes:
        return self._counted(self._file.read(size))

    def readline(self, size: int) -> bytes:
        return self._counted(self._file.readline(size))

    def _counted(self, block: bytes) -> bytes:
        self._given += len(block)
        if self._given > LARGEST_UNPACKED:
            raise _too_large(LARGEST_UNPACKED, "importez-le en plusieurs parties")
        return block


def _too_large(limit: int, remedy: str) -> UnreadableError:
    return UnreadableError("too_large", f"le fichier dépasse {limit // 1024**2} Mio une fois ouvert : {remedy}")


def _no_json(error: ValueError) -> UnreadableError:
    row = error.lineno if isinstance(error, json.JSONDecodeError) else None
    message = f"JSON illisible ({_reason(error)}) : le fichier est coupé ou a été modifié ; téléchargez-le à nouveau"
    return UnreadableError("json", message, row)


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"ligne {error.lineno}, caractère {error.colno}"
    return "l’encodage n’est pas UTF-8" if isinstance(error, UnicodeDecodeError) else "imbrication trop profonde"
