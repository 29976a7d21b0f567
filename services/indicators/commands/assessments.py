"""Stating and withdrawing an assessment; each time a version, and the history stays."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.domain.assessment import WITHDRAWN, Assessed, Judgement
from services.indicators.holding import concerned, existing, now
from services.indicators.tables import AssessmentRow, AssessmentVersionRow, ContractRow
from shared import conditional, outbox
from shared.authorship import Author
from shared.events.indicators import AssessmentRecorded
from shared.intake.plans import Outcome
from shared.problems import Forbidden, Invalid, NotFound, PreconditionRequired, Stale


@dataclass(frozen=True, slots=True)
class Condition:
    """What a writer says of the version that it has read, in If-Match."""

    if_match: str | None

    def check(self, known: AssessmentRow | None) -> None:
        """Raises PreconditionRequired where nothing is said, Stale where another version stands, or none."""
        if self.if_match is None:
            raise PreconditionRequired(
                "Joignez If-Match avec l’ETag reçu à la lecture : une appréciation est déjà enregistrée ici."
            )
        expected = conditional.expected_version(self.if_match)
        if known is None or (expected is None and known.level is None):
            raise Stale("Aucune appréciation n’est enregistrée ici : renvoyez la vôtre sans If-Match.")
        if expected not in {None, known.version}:
            raise Stale(f"L’appréciation en est à la version {known.version} : relisez-la avant de la changer.")


async def assess(
    session: AsyncSession, assessed: Assessed, judgement: Judgement, condition: Condition, author: Author
) -> tuple[Outcome, AssessmentRow]:
    """State a judgement. Raises NotFound, Forbidden, Invalid, PreconditionRequired or Stale."""
    contract = await existing(session, assessed.contract)
    _check(contract, assessed, author)
    known = await session.get(AssessmentRow, assessed.id)
    stands = known is not None and known.level is not None
    same = known is not None and _says(known, judgement)
    if condition.if_match is not None or (stands and not same):
        condition.check(known)
    if known and same:
        return Outcome.UNCHANGED, known
    row = known or _new(assessed)
    _write(session, row, judgement, now(contract, author), author)
    return Outcome.UPDATED if stands else Outcome.CREATED, row


async def withdraw(session: AsyncSession, assessed: Assessed, condition: Condition, author: Author) -> AssessmentRow:
    """Withdraw a judgement. Raises NotFound, Forbidden, PreconditionRequired or Stale."""
    contract = await existing(session, assessed.contract)
    _check_right(assessed, author)
    row = await session.get(AssessmentRow, assessed.id)
    if row is None or row.level is None:
        raise NotFound("Aucune appréciation n’est enregistrée ici.")
    condition.check(row)
    _write(session, row, WITHDRAWN, now(contract, author), author)
    return row


def _check(contract: ContractRow, assessed: Assessed, author: Author) -> None:
    _check_right(assessed, author)
    cells = {"indicator": assessed.indicator, "entity": assessed.entity, "year": assessed.year}
    errors = [
        {"place": f"path.{column}", "code": code, "message": message}
        for column, code, message in concerned(contract).misplaced(cells)
    ]
    if errors:
        raise Invalid(errors[0]["message"], errors=errors)


def _check_right(assessed: Assessed, author: Author) -> None:
    if not author.caller.may_write(assessed.entity):
        raise Forbidden(f"Ce jeton ne permet pas d’écrire pour « {assessed.entity} ».")


def _says(row: AssessmentRow, judgement: Judgement) -> bool:
    return (row.level, row.comment) == (judgement.level, judgement.comment)


def _new(assessed: Assessed) -> AssessmentRow:
    return AssessmentRow(
        id=assessed.id,
        contract=assessed.contract,
        indicator=assessed.indicator,
        entity=assessed.entity,
        year=assessed.year,
        version=0,
    )


def _write(session: AsyncSession, row: AssessmentRow, judgement: Judgement, at: datetime, author: Author) -> None:
    row.version += 1
    row.level, row.comment = judgement.level, judgement.comment
    row.recorded_at, row.recorded_by = at, author.caller.subject
    copied = ("id", "version", "level", "comment", "recorded_at", "recorded_by")
    session.add_all([row, AssessmentVersionRow(**{name: getattr(row, name) for name in copied})])
    outbox.record(session, AssessmentRecorded.model_validate(row, from_attributes=True), at=at)
