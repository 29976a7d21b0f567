"""Publications over HTTP: a page of those that fit, and one with all that explains it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.bibliometrics import fitting
from services.bibliometrics.domain.publication import DocumentType
from services.bibliometrics.domain.registry import MeasureKind, Perimeter
from services.bibliometrics.domain.signature import Signed
from services.bibliometrics.queries import extractions, publications, registries
from services.bibliometrics.queries.publications import Among, Explained
from services.bibliometrics.rows import RECORD
from services.bibliometrics.schemas.publications import (
    AttributionOut,
    ExplainedOut,
    PublicationOut,
    PublicationPage,
    SnapshotOut,
)
from shared import conditional
from shared.application import Db
from shared.events.bibliometrics import CURRENT
from shared.identity import Caller, Reader
from shared.pages import After, Limit, read_cursor, write_cursor

from .parts import Contract, Extraction, Year, columns, contestation_out, merge_out

router = APIRouter(tags=["publications"])


@router.get("/publications", summary="Les publications, comptées ou non", response_model=PublicationPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_publications(
    request: Request,
    _caller: Reader,
    database: Db,
    contract: Contract = None,
    extraction: Extraction = None,
    year: Year = None,
    entity: Annotated[str | None, Query(max_length=64, description="Celles que cette entité signe.")] = None,
    perimeter: Annotated[Perimeter, Query(description="Où l’on regarde qui signe.")] = Perimeter.WHOLE,
    type: Annotated[list[DocumentType] | None, Query(description="Types de documents.")] = None,  # noqa: A002 - its name in the query
    measure: Annotated[
        MeasureKind | None, Query(description="Celles que cette mesure compte, et elles seules.")
    ] = None,
    excluded: Annotated[str | None, Query(max_length=32, description="Celles écartées pour ce motif.")] = None,
    limit: Limit = 100,
    after: After = None,
) -> Response:
    position = read_cursor(after, (str,))
    asked = fitting.Asked(
        year=year, entity=entity, perimeter=perimeter, types=frozenset(type or ()), measure=measure, excluded=excluded
    )
    async with database.reading() as session:
        frozen = extraction if extraction != CURRENT else None
        row = await extractions.extraction(session, frozen, contract) if frozen else None
        registry = await (extractions.registry_of(session, row) if row else registries.chosen(session, contract))
        among = Among(contract=registry.header.code if registry else "", extraction=row.id if row else None, year=year)
        fits = await fitting.fits(session, among, registry, asked)
        found, last = await publications.page(session, among, fits, position[0] if position else "", limit)
    items = [_publication(each) for each in found]
    return conditional.answer(request, PublicationPage(items=items, next=write_cursor([last]) if last else None))


@router.get("/publications/{publication:path}", summary="Une publication, et tout ce qui l’explique",
            response_model=ExplainedOut, responses=conditional.NOT_MODIFIED)  # fmt: skip
async def read_publication(
    request: Request,
    publication: Annotated[str, Path(max_length=400, description="Son identifiant, ou celui d’une de ses notices.")],
    caller: Reader,
    database: Db,
    contract: Contract = None,
) -> Response:
    async with database.reading() as session:
        registry = await registries.chosen(session, contract)
        found = await publications.one(session, registry.header.code if registry else "", publication)
    return conditional.answer(request, _explained(found, caller))


def _publication(signed: Signed) -> PublicationOut:
    publication = signed.publication
    said = {name: getattr(publication, name) for name in PublicationOut.model_fields.keys() & _SAID}
    return PublicationOut(
        **said,
        excluded=signed.excluded,
        attributions=[
            AttributionOut(entity=each.entity, permanent=each.permanent, whole=each.whole, evidence=each.evidence)
            for each in signed.attributions
        ],
    )


_SAID = PublicationOut.model_fields.keys() - {"excluded", "attributions"}


def _explained(found: Explained, caller: Caller) -> ExplainedOut:
    return ExplainedOut(
        **_publication(found.signed).model_dump(),
        records=[RECORD.dump_python(each, mode="json") for each in found.records],
        snapshots=[
            SnapshotOut(**{name: columns(each)[name] for name in SnapshotOut.model_fields}) for each in found.snapshots
        ],
        merges=[merge_out(each) for each in found.merges],
        container_dois=list(found.containers),
        contestations=[contestation_out(each, caller) for each in found.contestations],
    )
