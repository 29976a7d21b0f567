"""Asking HAL: every deposit that some filters keep, in the fields that its importer reads, until its mark repeats."""

from collections.abc import Sequence
from typing import Any

from services.bibliometrics.domain.publication import Record, Source
from services.bibliometrics.importing import hal, json_fields
from services.bibliometrics.importing.json_fields import object_in
from services.bibliometrics.importing.reading import Finding

from . import refusals
from .asking import Asker, Request
from .paging import Page, Position, Query
from .settings import HalSettings

_PATH = "/search/"
_NAME = "HAL"
_PLACES = ("struct", "labStruct", "rteamStruct", "instStruct", "deptStruct", "rgrpLabStruct", "rgrpInstStruct")
FIELDS = (
    "docid", "halId_s", "uri_s", "title_s", "subTitle_s", "docType_s", "docSubType_s", "doiId_s", "pubmedId_s",
    "isbn_s", "journalIssn_s", "journalEissn_s", "journalTitle_s", "bookTitle_s", "conferenceTitle_s", "source_s",
    "producedDateY_i", "producedDate_s", "producedDate_tdate", "publicationDateY_i", "publicationDate_s",
    "publicationDate_tdate", "defenseDateY_i", "conferenceStartDateY_i", "volume_s", "issue_s", "number_s", "page_s",
    "language_s", "openAccess_bool", "peerReviewing_s", "audience_s", "collCode_s", "authFullName_s",
    "authLastName_s", "authFirstName_s", "authFullNameFormIDPersonIDIDHal_fs", "authIdHasStructure_fs",
    *(f"{level}{what}" for level in _PLACES for what in ("Id_i", "Name_s")),
)  # fmt: skip
_FIXED = (("q", "*:*"), ("fl", ",".join(FIELDS)), ("sort", "docid asc"), ("wt", "json"))
_BEGINNING: Position = {"rows": "500", "cursorMark": "*"}


def filters(*, collections: Sequence[str], structures: Sequence[int], types: Sequence[str]) -> Query:
    """What is in any of these collections or structures, for none of them holds all that another does; by type."""
    places = [
        f"{field}:({_any(values)})"
        for field, values in (("collCode_s", collections), ("structId_i", structures))
        if values
    ]
    kinds = [f"docType_s:({_any(types)})"] if types else []
    return (*([" OR ".join(places)] if places else []), *kinds)


def of_years(years: Sequence[int]) -> str:
    return f"producedDateY_i:({_any(sorted(set(years)))})"


def _any(values: Sequence[object]) -> str:
    return " OR ".join(str(each) for each in dict.fromkeys(values))


class Hal:
    """The connector of HAL."""

    source = Source.HAL
    layout = "hal-search-api"

    def __init__(self, asker: Asker, settings: HalSettings) -> None:
        self._asker = asker
        self._address = settings.base_url.rstrip("/") + _PATH

    def beginning(self) -> Position:
        return _BEGINNING

    async def page(self, query: Query, position: Position, received: int) -> Page:
        """Raises WaitingError or FailedError."""
        parameters = [*_FIXED, *(("fq", each) for each in query), *position.items()]
        answer = await self._asker.get(
            Request(address=self._address, parameters=parameters, headers={"Accept": "application/json"})
        )
        if not answer.is_read or "error" in answer.value:
            raise refusals.refusal(_NAME, answer)
        total = json_fields.count(object_in(answer.value.get("response")).get("numFound"))
        if total is None:
            raise refusals.unreadable(_NAME, "combien il y a de résultats")
        count = len(self.entries(answer.value))
        mark = json_fields.text(answer.value.get("nextCursorMark"))
        is_last = not count or mark in {"", position["cursorMark"]}
        following = None if is_last else {**position, "cursorMark": mark}
        return Page(body=answer.body, count=count, total=total, following=following)

    def entries(self, value: Any) -> list[Any]:
        docs = object_in(object_in(value).get("response")).get("docs")
        return docs if isinstance(docs, list) else []

    def identifier(self, entry: Any) -> str:
        found = object_in(entry)
        return json_fields.first(found.get("docid")) or json_fields.first(found.get("halId_s"))

    def record_of(self, entry: Any) -> Record:
        return hal.record_of(entry)

    def remarks(self, records: list[Record]) -> list[Finding]:
        return []
