"""Importing files into a running instance over HTTP, with a progress bar, and saying what became of each."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO

import httpx
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from shared.sentences import typeset
from shared.serving import RefusedError

from .reaching import ask, body_of, refusal

_PATH = "/bibliometrics/v1/imports"
_PATIENCE_SECONDS = 1800
_SHOWN = 20
_WORDS = {"error": "refusé", "warning": "à regarder", "notice": "à savoir"}
_COUNTS = {
    "received": "reçues",
    "created": "nouvelles",
    "updated": "modifiées",
    "unchanged": "inchangées",
    "duplicates": "répétées",
    "rejected": "refusées",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How files are sent: whose they are, whether it is a trial, and their day where they do not tell it."""

    source: str
    dry_run: bool = False
    extracted_on: date | None = None

    @property
    def fields(self) -> dict[str, str]:
        said = {"source": self.source, "dryRun": str(self.dry_run).lower()}
        return said | ({"extractedOn": self.extracted_on.isoformat()} if self.extracted_on else {})


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: its report, and whether it was taken in."""

    path: Path
    report: Mapping[str, Any]
    taken: bool


async def import_files(
    client: httpx.AsyncClient, paths: Sequence[Path], sending: Sending, console: Console
) -> AsyncIterator[Imported]:
    """Send each file, the next one once the one before is done.

    Raises RefusedError before anything is sent where one of them is no file; and where nobody answers.
    """
    for path in paths:
        _opened(path).close()
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    for path in paths:
        with Progress(*columns, console=console, transient=True) as progress, _opened(path) as file:
            task = progress.add_task(path.name, total=path.stat().st_size)
            watched = progress.wrap_file(file, task_id=task, description=path.name)
            yield await _send(client, path, watched, sending)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise RefusedError(f"{path} n’existe pas, ou n’est pas un fichier lisible : rien n’a été envoyé") from error


async def _send(client: httpx.AsyncClient, path: Path, file: BinaryIO, sending: Sending) -> Imported:
    sent = {"data": sending.fields, "files": {"file": (path.name, file)}, "timeout": _PATIENCE_SECONDS}
    answer = await ask(client, "POST", _PATH, **sent)
    body = body_of(answer)
    if answer.status_code == HTTPStatus.OK:
        return Imported(path, body, taken=not _errors(body))
    if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and "received" in body:
        return Imported(path, body, taken=False)
    raise RefusedError(f"{path.name} : {refusal(answer)}")


def _errors(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [each for each in body["findings"] if each["severity"] == "error"]


def lines(imported: Imported) -> Iterator[str]:
    """What is said of a file: its layout, its counts, what is left out of counts, and its findings."""
    report = imported.report
    day = f", exporté le {report['extracted_on']}" if report["extracted_on"] else ""
    yield typeset(f"{imported.path.name} : {report['layout']}{day}")
    yield typeset("  " + ", ".join(f"{report[name]} {word}" for name, word in _COUNTS.items()))
    for reason, count in report["excluded"].items():
        yield typeset(f"  hors comptage ({reason}) : {count}")
    for each in report["findings"][:_SHOWN]:
        row = f"ligne {each['row']} : " if each["row"] else ""
        yield typeset(f"  {_WORDS[each['severity']]} : {row}{each['message']}")
    if len(report["findings"]) > _SHOWN:
        yield typeset(f"  et {len(report['findings']) - _SHOWN} autre(s) constat(s)")
    yield typeset(f"  {_verdict(imported)}")


def _verdict(imported: Imported) -> str:
    if not imported.taken:
        return "Rien n’a été enregistré : ce fichier est refusé."
    return "Rien n’a été écrit : c’était un essai." if imported.report["dryRun"] else "C’est enregistré."
