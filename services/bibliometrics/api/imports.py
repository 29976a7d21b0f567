"""Imports over HTTP: a file in, its report out; and the files that made the corpus."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics import forms, uploads
from services.bibliometrics.commands import imports as commands
from services.bibliometrics.domain.publication import Source
from services.bibliometrics.schemas.imports import ImportOut, ImportPage, ReportOut
from services.bibliometrics.tables import ImportRow
from shared import conditional, idempotency
from shared.application import Db
from shared.authorship import Author
from shared.database import Database
from shared.idempotency import Answer, Call
from shared.identity import Caller, Definer, Reader
from shared.intake import answers
from shared.problems import Invalid, NotFound
from shared.telemetry import Import, expect_imports, measured_import

from .parts import Id, columns

router = APIRouter(tags=["imports"])
expect_imports(Source)


@router.post("/imports", summary="Importer un fichier de Scopus, SciVal, HAL ou OpenAlex", response_model=ReportOut,
             openapi_extra=forms.BODY)  # fmt: skip
async def import_file(request: Request, caller: Definer, database: Db, key: idempotency.Key = None) -> Response:
    with measured_import() as told:
        return await _import_file(request, caller, database, key, told)


async def _import_file(request: Request, caller: Caller, database: Database, key: str | None, told: Import) -> Response:
    async with forms.opened(request) as form:
        told.source, told.outcome = form.source, "trial" if form.dry_run else ""
        received = await uploads.read(form.file, form.source)
    named = commands.File(name=form.file.filename or "", sha256=received.sha256, extracted_on=form.extracted_on)
    dry_run = form.dry_run
    call = Call(caller.subject, key, ("import", form.source, received.sha256, dry_run, str(form.extracted_on)))

    async def act(session: AsyncSession) -> Answer:
        report = await commands.take(session, named, received.reading, Author(caller))
        if received.reading.is_refused and not dry_run:
            raise _refused(report)
        return Answer(200, {**report, "id": None if dry_run else report["id"], "dryRun": dry_run})

    return answers.respond(await idempotency.write(database, call, act, dry_run=dry_run))


def _refused(report: dict[str, Any]) -> Invalid:
    """The report of a file that is refused, as a problem: the first of what is wrong speaks for it."""
    findings = [each for each in report["findings"] if each["severity"] == "error"]
    errors = [{**each, "place": f"ligne {each['row']}" if each["row"] else "fichier"} for each in findings]
    first = errors[0]
    detail = f"{first['place']} : {first['message']} ; rien n’a été enregistré."
    return Invalid(detail, errors=errors, dryRun=False, **report)


@router.get("/imports", summary="Les fichiers qui ont fait le corpus", response_model=ImportPage,
            responses=conditional.NOT_MODIFIED)  # fmt: skip
async def list_imports(request: Request, _caller: Reader, database: Db) -> Response:
    async with database.reading() as session:
        rows = (await session.scalars(select(ImportRow).order_by(ImportRow.imported_at))).all()
    return conditional.answer(request, ImportPage(items=[_import(row) for row in rows]))


@router.get("/imports/{import_id}", summary="Un fichier et son rapport")
async def read_import(import_id: Id, _caller: Reader, database: Db) -> ImportOut:
    async with database.reading() as session:
        row = await session.get(ImportRow, import_id)
    if row is None:
        raise NotFound("Aucun import n’a cet identifiant.")
    return _import(row)


def _import(row: ImportRow) -> ImportOut:
    return ImportOut(**columns(row) | {"report": json.loads(row.report)})
