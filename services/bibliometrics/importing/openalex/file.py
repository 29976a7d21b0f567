"""A file of OpenAlex recognised, and its works put into a reading."""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from services.bibliometrics.importing import documents, gathering
from services.bibliometrics.importing.delimited import UnreadableError
from services.bibliometrics.importing.reading import Finding, Progress, Reading, Severity
from services.bibliometrics.importing.seeming import seems

from .pages import page_of
from .works import MOST_AUTHORSHIPS, openalex_id, record_of

_UNTITLED = "publications sans titre dans OpenAlex", "seuls leurs identifiants peuvent les rapprocher"


def fill(reading: Reading, path: Path, progress: Progress) -> None:
    """Raises UnreadableError on a file that holds no works of OpenAlex."""
    head = documents.head_of(path)
    if not head:
        raise UnreadableError("empty", "le fichier est vide : exportez-le à nouveau d’OpenAlex")
    if not documents.looks_like_json(head):
        raise _another(path, head)
    reading.layout = "openalex_lines" if documents.is_lines(path) else "openalex_json"
    start, rest = gathering.beginning(gathering.pages(reading, documents.values(path), page_of))
    if any(not _may_be_work(item) for _, item in start):
        raise _another(path, head)
    gathering.gather(reading, chain(start, rest), record_of, progress)
    untitled = gathering.lacking(reading, "title", *_UNTITLED, lambda record: not record.title)
    reading.findings += [*gathering.incomplete(reading), *_cut(reading), *untitled]


def _may_be_work(item: Any) -> bool:
    """Whether a first item is worth going on: a bad one among works is refused alone, other objects refuse the file."""
    return not isinstance(item, Mapping) or bool(openalex_id(item)) or "authorships" in item or "cited_by_count" in item


def _another(path: Path, head: str) -> UnreadableError:
    message = (
        f"ce fichier semble être {seems(path, head)}, et non des publications (works) d’OpenAlex en JSON : "
        "importez-le sous sa propre source, ou exportez-le à nouveau d’OpenAlex"
    )
    return UnreadableError("not_openalex", message)


def _cut(reading: Reading) -> list[Finding]:
    cut = sum(record.authors_cut for _, record in reading.records)
    if not cut:
        return []
    message = (
        f"publications d’exactement {MOST_AUTHORSHIPS} auteurs : {cut} ; les listes d’OpenAlex s’arrêtent là, "
        "des auteurs et leurs affiliations peuvent manquer : téléchargez ces publications une à une"
    )
    return [Finding(code="authors_cut", severity=Severity.WARNING, message=message, column="authorships")]
