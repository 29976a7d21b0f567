"""Freezing the corpus under a contract, and making a provisional extraction definitive."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain import exclusion
from services.bibliometrics.domain.extraction import File, Header, Status
from services.bibliometrics.domain.signature import Signed
from services.bibliometrics.holding import changed, corpus
from services.bibliometrics.queries.signatures import standing
from services.bibliometrics.recording.chunks import insert_all
from services.bibliometrics.recording.counting import signed_years, tally_all, tell_all
from services.bibliometrics.rows import HEADER, REGISTRY, SIGNED
from services.bibliometrics.tables import ExtractionRow, FrozenRow, ImportRow, RegistryRow
from services.bibliometrics.telling import Teller, extraction_recorded
from shared import outbox
from shared.authorship import Author
from shared.events.bibliometrics import CURRENT
from shared.problems import Conflict, Invalid, NotFound, Stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be frozen; all years where none is named, on the newest day of the files where none is given."""

    contract: str
    code: str
    label: str
    years: Sequence[int] | None = None
    extracted_on: date | None = None
    note: str | None = None


async def freeze(session: AsyncSession, wanted: Wanted, author: Author) -> ExtractionRow:
    """Freeze what stands. Raises NotFound, Conflict where the code is taken, Invalid where there is nothing."""
    held = await corpus(session)
    registry = await session.get(RegistryRow, wanted.contract)
    if registry is None:
        raise NotFound(f"Aucun registre n’est connu pour le contrat « {wanted.contract} ».")
    await _check_free(session, wanted)
    signed = [each for each in await standing(session, wanted.contract, wanted.years) if each.attributions]
    if not signed:
        raise Invalid("Aucune publication n’est attribuée dans ce périmètre : importez d’abord ce qui est à geler.")
    files = await _files(session)
    row = _row(wanted, _header(wanted, registry, signed, files), _day(wanted, files, author), author)
    row.registry_version = registry.version
    row.recorded_at = changed(held, author)
    session.add(row)
    await session.flush()
    outbox.record(session, extraction_recorded(row), at=row.recorded_at)
    await insert_all(session, FrozenRow, await asyncio.to_thread(_frozen_rows, row.id, signed))
    await _tell(session, row, registry, signed)
    return row


async def make_definitive(session: AsyncSession, id_: str, version: int | None, author: Author) -> ExtractionRow:
    """Make an extraction definitive, for good. Raises NotFound, Stale, or Conflict where it is so."""
    held = await corpus(session)
    row = await session.get(ExtractionRow, id_, populate_existing=True)
    if row is None:
        raise NotFound("Aucune extraction n’a cet identifiant.")
    if row.status == Status.DEFINITIVE:
        raise Conflict("Cette extraction est déjà définitive ; une correction fait une extraction nouvelle.")
    if version is not None and version != row.version:
        raise Stale("Cette extraction a changé : relisez-la, puis recommencez.")
    row.version, row.status = row.version + 1, Status.DEFINITIVE
    row.recorded_at, row.recorded_by = changed(held, author), author.caller.subject
    outbox.record(session, extraction_recorded(row), at=row.recorded_at)
    return row


async def _check_free(session: AsyncSession, wanted: Wanted) -> None:
    if wanted.code == CURRENT:
        message = f"« {CURRENT} » désigne ce que personne n’a gelé : prenez un autre code"
        raise Invalid(message, errors=[{"place": "body.code", "code": "reserved", "message": message}])
    same = (ExtractionRow.contract == wanted.contract, ExtractionRow.code == wanted.code)
    taken = await session.scalar(select(ExtractionRow.id).where(*same))
    if taken is not None:
        raise Conflict(
            f"Une extraction « {wanted.code} » existe déjà : elle ne change plus, prenez un autre code.", id=taken
        )


def _header(wanted: Wanted, registry: RegistryRow, signed: Sequence[Signed], files: tuple[File, ...]) -> Header:
    return Header(
        label=wanted.label,
        rules=exclusion.RULES,
        affiliations=registry.affiliations,
        staff=registry.staff,
        years=tuple(sorted(signed_years(signed))),
        publications=len(signed),
        files=files,
        note=wanted.note,
    )


async def _files(session: AsyncSession) -> tuple[File, ...]:
    """Every file of the corpus, the oldest first."""
    rows = await session.scalars(select(ImportRow).order_by(ImportRow.imported_at))
    return tuple(
        File(
            source=row.source,
            sha256=row.sha256,
            dataset=row.dataset,
            extracted_on=row.extracted_on,
            updated_on=row.updated_on,
        )
        for row in rows
    )


def _day(wanted: Wanted, files: Sequence[File], author: Author) -> date:
    """The newest day of the files; where one of them tells none, that of the freeze: it may be newer than them all."""
    told = [each.extracted_on for each in files if each.extracted_on]
    all_told = bool(told) and len(told) == len(files)
    return wanted.extracted_on or (max(told) if all_told else author.clock().date())


def _row(wanted: Wanted, header: Header, day: date, author: Author) -> ExtractionRow:
    return ExtractionRow(
        id=str(uuid4()),
        version=1,
        contract=wanted.contract,
        code=wanted.code,
        status=Status.PROVISIONAL,
        extracted_on=day,
        content=HEADER.dump_json(header).decode(),
        recorded_by=author.caller.subject,
    )


def _frozen_rows(extraction: str, signed: Sequence[Signed]) -> list[dict[str, object]]:
    return [
        {
            "extraction": extraction,
            "id": each.publication.id,
            "year": each.publication.year,
            "content": SIGNED.dump_json(each).decode(),
        }
        for each in signed
    ]


async def _tell(session: AsyncSession, row: ExtractionRow, registry: RegistryRow, signed: Sequence[Signed]) -> None:
    definition = REGISTRY.validate_json(registry.definition)
    found = await asyncio.to_thread(tally_all, definition, signed, signed_years(signed))
    teller = Teller(row.contract, row.id, row.recorded_at, row.recorded_by)
    await tell_all(session, [fact for each in found for fact in teller.told(each)])
