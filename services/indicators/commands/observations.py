"""Recording observations, one or many, and correcting them against a version."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.domain.observation import key_of
from services.indicators.holding import concerned, existing, now
from services.indicators.recording import Recording, restate, shown
from services.indicators.rows import OBSERVATIONS, TABLES
from services.indicators.tables import ObservationRow
from shared.authorship import Author
from shared.intake.answers import refuse
from shared.intake.plans import Outcome, Plan
from shared.intake.tables import Parsed
from shared.problems import Conflict, NotFound, Stale


class Recorded(NamedTuple):
    """What recording one observation did; the notices tell which simulated values went."""

    outcome: Outcome
    row: ObservationRow
    notices: list[str]


async def record(session: AsyncSession, code: str, rows: Parsed, author: Author, reason: str | None) -> Plan:
    """Record many observations of one contract, all or nothing. Raises NotFound without such a contract."""
    row = await existing(session, code)
    plan = Plan()
    recording = Recording(code, concerned(row), author.caller, "api", reason)
    await recording.plan(session, rows, plan)
    if not plan.mistakes:
        plan.notices += await recording.apply(session, now(row, author))
    return plan


async def record_one(session: AsyncSession, code: str, rows: Parsed, author: Author) -> Recorded:
    """Record one observation. Raises Forbidden, Invalid, or Conflict where another value stands already."""
    return await _state_one(session, code, rows, author, _refuse_another)


async def _state_one(
    session: AsyncSession, code: str, rows: Parsed, author: Author, check: Callable[[Plan, Recording], None]
) -> Recorded:
    row = await existing(session, code)
    recording = Recording(code, concerned(row), author.caller, "api", None)
    plan = Plan()
    await recording.plan(session, rows, plan)
    check(plan, recording)
    notices = await recording.apply(session, now(row, author))
    return Recorded(plan.outcomes[OBSERVATIONS][0], await recording.written(session), notices)


def _refuse_another(plan: Plan, recording: Recording) -> None:
    """As `refuse`, and a value where another one stands: a correction names the version that it corrects."""
    refuse(TABLES, [each for each in plan.mistakes if each.code != "reason-required"])
    known = recording.known.get(key_of(recording.rows[0]))
    if known and plan.outcomes[OBSERVATIONS] != [Outcome.UNCHANGED]:
        detail = (
            f"Une autre valeur est déjà enregistrée ({shown(known)}, version {known.version}) : pour la corriger, "
            f"envoyez PUT /indicators/v1/observations/{known.id} avec If-Match et un motif (reason)."
        )
        raise Conflict(detail, id=known.id, version=known.version)


def _refuse_mistakes(plan: Plan, _recording: Recording) -> None:
    refuse(TABLES, plan.mistakes)


async def correct(
    session: AsyncSession, id_: str, expected: int | None, statement: Mapping[str, object], author: Author
) -> Recorded:
    """State an observation anew, with its reason. Raises Stale where it has changed since `expected`."""
    known = await session.get(ObservationRow, id_)
    if known is None:
        raise NotFound("Aucune observation n’a cet identifiant.")
    await existing(session, known.contract)
    await session.refresh(known)
    if expected is not None and known.version != expected:
        raise Stale(f"L’observation en est à la version {known.version} : relisez-la avant de la corriger.")
    rows = TABLES.parse(OBSERVATIONS, [restate(known, statement)])
    return await _state_one(session, known.contract, rows, author, _refuse_mistakes)
