"""A file of HAL recognised, and its documents put into a reading."""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from services.bibliometrics.domain.publication import DocumentType, Record
from services.bibliometrics.importing import documents, gathering
from services.bibliometrics.importing.delimited import UnreadableError
from services.bibliometrics.importing.reading import Finding, Progress, Reading, Severity
from services.bibliometrics.importing.seeming import seems

from . import tables
from .deposits import record_of
from .pages import page_of

_OWN = frozenset({"halId_s", "docid", "uri_s", "title_s", "docType_s", "label_s", "authFullName_s"})
_UNTITLED = "documents sans titre", "exportez aussi le champ « title_s », sans quoi rien ne les rapproche"
_UNTYPED = "documents sans type", "exportez aussi le champ « docType_s », sans quoi aucun compte ne les retient"
_UNDATED = "documents sans année", "exportez aussi le champ « producedDateY_i », sans quoi aucune année ne les compte"
_LIMITS = (
    30,
    2000,
    10000,
)  # rows: what the API gives unasked, what a portal exports at most, what the API gives at most


def fill(reading: Reading, path: Path, progress: Progress) -> None:
    """Raises UnreadableError on a file that holds no documents of HAL."""
    head = documents.head_of(path)
    if not head:
        raise UnreadableError("empty", "le fichier est vide : exportez-le à nouveau de HAL")
    if documents.looks_like_json(head):
        _json(reading, path, head, progress)
    else:
        _table(reading, path, head, progress)


def _json(reading: Reading, path: Path, head: str, progress: Progress) -> None:
    reading.layout = "hal_lines" if documents.is_lines(path) else "hal_json"
    start, rest = gathering.beginning(gathering.pages(reading, documents.values(path), page_of))
    if any(isinstance(item, Mapping) and not _OWN & item.keys() for _, item in start):
        raise _another(path, head)
    gathering.gather(reading, chain(start, rest), record_of, progress)
    reading.findings += [*gathering.incomplete(reading), *_lacking(reading)]


def _table(reading: Reading, path: Path, head: str, progress: Progress) -> None:
    table = None if documents.is_gzip(path) or head.startswith("<") else _table_of(path, head)
    if not table:
        raise _another(path, head)
    reading.layout = "hal_api_csv" if table.is_api else "hal_csv"
    reading.findings += table.encoding.findings
    ragged = tables.Ragged()
    gathering.gather(reading, tables.documents(path, table, ragged), _row, progress)
    reading.findings += [*_foreign(reading), *_cut(reading), *_ragged(ragged), *_lacking(reading)]


def _table_of(path: Path, head: str) -> tables.Table | None:
    try:
        return tables.table_of(path)
    except UnreadableError as error:
        if error.finding.code == "damaged_text":
            raise
        raise _another(path, head) from error


def _row(item: Any) -> Record:
    if isinstance(item, tables.Misfit):
        message = f"cellules : {item.found}, colonnes : {item.expected} ; la ligne est décalée : exportez-la à nouveau"
        raise gathering.UnfitError(message)
    return record_of(item)


def _another(path: Path, head: str) -> UnreadableError:
    message = (
        f"ce fichier semble être {seems(path, head)}, et non un export de HAL (JSON ou CSV) : importez-le "
        "sous sa propre source, ou exportez-le à nouveau de HAL, avec ses titres de colonnes"
    )
    return UnreadableError("not_hal", message)


def _lacking(reading: Reading) -> list[Finding]:
    """What was not asked of HAL is not in its answer, and would be missing from every count."""
    return [
        *gathering.lacking(reading, "title_s", *_UNTITLED, lambda record: not record.title),
        *gathering.lacking(reading, "docType_s", *_UNTYPED, lambda record: record.type is DocumentType.UNKNOWN),
        *gathering.lacking(reading, "producedDateY_i", *_UNDATED, lambda record: record.year is None),
    ]


def _foreign(reading: Reading) -> list[Finding]:
    """A table of which no row is of HAL comes from elsewhere, whatever its headings."""
    if not reading.records or any(record.hal_id for _, record in reading.records):
        return []
    message = (
        "aucune ligne n’a d’identifiant HAL ni d’adresse dans HAL : ce n’est pas un export de HAL ; importez-le sous "
        "sa propre source, ou exportez aussi le champ « halId_s » (« Identifiant HAL »)"
    )
    return [Finding(code="no_hal_id", severity=Severity.ERROR, message=message)]


def _cut(reading: Reading) -> list[Finding]:
    if reading.received not in _LIMITS:
        return []
    message = (
        f"le fichier contient exactement {reading.received} documents, ce qui est une limite des exports de HAL : "
        "il est peut-être incomplet ; comparez au nombre que HAL affiche"
    )
    return [Finding(code="limit", severity=Severity.WARNING, message=message)]


def _ragged(ragged: tables.Ragged) -> list[Finding]:
    if not ragged.lines:
        return []
    message = (
        f"lignes décalées par rapport aux titres de colonnes (un « ; » dans un titre ?) : {len(ragged.lines)} ; "
        "seuls leurs identifiants, titres, auteurs et années sont lus : vérifiez-les, ou exportez-les par l’API de HAL"
    )
    return [Finding(code="ragged", severity=Severity.WARNING, message=message, row=ragged.lines[0])]
