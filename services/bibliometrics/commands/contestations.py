"""Contesting an attribution, and deciding of it; what was decided is kept, and holds through later imports."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.holding import changed, corpus
from services.bibliometrics.recording.corpus import attribute_once_more
from services.bibliometrics.recording.publications import ACCEPTED
from services.bibliometrics.recording.writing import Writing
from services.bibliometrics.rows import REGISTRY
from services.bibliometrics.tables import ContestationRow, PublicationRow, RecordRow, RegistryRow
from shared.authorship import Author
from shared.problems import Conflict, Forbidden, Invalid, NotFound

OPEN, REJECTED = "open", "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That a publication is (`attributed`) or is not (`removed`) an entity's, in a perimeter, and why."""

    contract: str
    publication: str
    entity: str
    perimeter: str
    claim: str
    reason: str


async def contest(session: AsyncSession, claim: Claim, author: Author) -> ContestationRow:
    """Contest. Raises NotFound, Invalid, Forbidden, or Conflict where the same is contested already."""
    held = await corpus(session)
    publication = await session.get(PublicationRow, claim.publication)
    if publication is None:
        raise NotFound("Aucune publication n’a cet identifiant.")
    await _check_entity(session, claim)
    if not author.caller.may_write(claim.entity):
        raise Forbidden(f"Ce jeton ne permet pas d’écrire pour « {claim.entity} ».")
    await _check_alone(session, claim)
    row = ContestationRow(
        id=str(uuid4()), version=1, contract=claim.contract, ref=claim.publication, title=publication.title,
        entity=claim.entity, perimeter=claim.perimeter, claim=claim.claim, reason=claim.reason, status=OPEN,
        made_at=changed(held, author), made_by=author.caller.subject,
    )  # fmt: skip
    session.add(row)
    return row


async def decide(session: AsyncSession, id_: str, status: str, answer: str, author: Author) -> ContestationRow:
    """Accept or reject, once. Raises NotFound or Conflict."""
    held = await corpus(session)
    row = await session.get(ContestationRow, id_, populate_existing=True)
    if row is None:
        raise NotFound("Aucune contestation n’a cet identifiant.")
    if row.status != OPEN:
        raise Conflict(
            "Cette contestation est déjà tranchée : contestez à nouveau s’il y a lieu.", status_now=row.status
        )
    row.version, row.status, row.answer = row.version + 1, status, answer
    row.decided_at, row.decided_by = changed(held, author), author.caller.subject
    await session.flush()
    if status == ACCEPTED:
        publication = await session.scalar(select(RecordRow.publication).where(RecordRow.ref == row.ref))
        if publication is not None:
            await attribute_once_more(session, publication, Writing(row.decided_at, row.decided_by))
    return row


async def _check_entity(session: AsyncSession, claim: Claim) -> None:
    registry = await session.get(RegistryRow, claim.contract)
    if registry is None:
        raise NotFound(f"Aucun registre n’est connu pour le contrat « {claim.contract} ».")
    if claim.entity not in {each.code for each in REGISTRY.validate_json(registry.definition).entities}:
        message = f"l’entité « {claim.entity} » n’est pas dans ce contrat"
        raise Invalid(message, errors=[{"place": "body.entity", "code": "unknown", "message": message}])


async def _check_alone(session: AsyncSession, claim: Claim) -> None:
    """Also where it was contested under another name, before a merge."""
    own = select(RecordRow.ref).where(RecordRow.publication == claim.publication)
    same = (
        ContestationRow.ref.in_(own),
        ContestationRow.contract == claim.contract,
        ContestationRow.entity == claim.entity,
        ContestationRow.perimeter == claim.perimeter,
        ContestationRow.status == OPEN,
    )
    row = (await session.scalars(select(ContestationRow).where(*same))).first()
    if row is not None:
        raise Conflict("La même attribution est déjà contestée : attendez la décision.", id=row.id)
