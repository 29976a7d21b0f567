"""The writes of the indicators service: each one transaction, with the events of what it changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from shared import outbox
from shared.events.indicators import ContractBody, ContractDefined
from shared.identity import Caller
from shared.problems import Conflict, Forbidden, Invalid, NotFound, Stale

from .domain.concerned import Concerned
from .domain.contract import Contract
from .domain.mistake import Mistake, Unread
from .domain.observation import Outcome, key_of
from .domain.plan import OBSERVATIONS, Plan, compare_contracts
from .domain.validation import check_contract, check_unread
from .recording import PACKAGE, Recording, restate, shown
from .rows import CONTRACT, Parsed, definition_tables, in_order, parse
from .tables import ContractRow, ContractVersionRow, ObservationRow

_TICK = timedelta(microseconds=1)


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes; the clock is read once the contract is held, so that instants follow the order of the writes."""

    caller: Caller
    clock: Callable[[], datetime] = _utc


async def load(session: AsyncSession, code: str, package: Mapping[str, Parsed], author: Author) -> Plan:
    """Define a contract and record its observations, all or nothing; the plan's mistakes say why nothing."""
    row = await _locked(session, code)
    known = CONTRACT.validate_json(row.definition) if row else None
    stated, unread = _assemble(package)
    plan = compare_contracts(known, stated, unread)
    _place(plan, package)
    plan.reject([package[each.table].relocated(each) for each in check_contract(code, stated, unread)])
    plan.reject(list(check_unread(stated, unread)))
    if not plan.mistakes and stated != known:
        row = _define(session, row, stated, author)
    await session.flush()
    recording = Recording(code, Concerned.of(stated, unread), author.caller, PACKAGE, f"Chargement du paquet {code}")
    await recording.plan(session, package[OBSERVATIONS], plan)
    if row and not plan.mistakes:
        await recording.apply(session, _now(row, author))
    return plan


def _assemble(package: Mapping[str, Parsed]) -> tuple[Contract, Unread]:
    """The definitions that could be read, and what could be of the others."""
    tables = definition_tables()
    stated = Contract(**{table: tuple(row for _, row in package[table].rows) for table in tables})
    return stated, Unread({table: package[table].unread for table in tables})


def _place(plan: Plan, package: Mapping[str, Parsed]) -> None:
    """Give each outcome back its row's own place: rows that could not be read stand rejected between them."""
    for table in definition_tables():
        plan.outcomes[table] = package[table].placed(plan.outcomes[table])
    plan.reject([mistake for table in definition_tables() for mistake in package[table].mistakes])


def _define(session: AsyncSession, row: ContractRow | None, stated: Contract, author: Author) -> ContractRow:
    definition = CONTRACT.dump_json(stated).decode()
    if row is None:
        row = ContractRow(code=stated.header.code, version=0, changed_at=author.clock())
        session.add(row)
    row.version += 1
    row.definition = definition
    row.defined_at = row.changed_at = _now(row, author)
    row.defined_by = author.caller.subject
    session.add(_version_of(row))
    outbox.record(session, _contract_defined(row), at=row.defined_at)
    return row


def _version_of(row: ContractRow) -> ContractVersionRow:
    return ContractVersionRow(
        code=row.code,
        version=row.version,
        definition=row.definition,
        defined_at=row.defined_at,
        defined_by=row.defined_by,
    )


def _contract_defined(row: ContractRow) -> ContractDefined:
    return ContractDefined(
        version=row.version,
        code=row.code,
        defined_at=row.defined_at,
        defined_by=row.defined_by,
        definition=ContractBody.model_validate_json(row.definition),
    )


async def record(session: AsyncSession, code: str, rows: Parsed, author: Author, reason: str | None) -> Plan:
    """Record many observations of one contract, all or nothing. Raises NotFound without such a contract."""
    row = await _existing(session, code)
    plan = Plan()
    recording = Recording(code, _concerned(row), author.caller, "api", reason)
    await recording.plan(session, rows, plan)
    if not plan.mistakes:
        await recording.apply(session, _now(row, author))
    return plan


async def record_one(session: AsyncSession, code: str, rows: Parsed, author: Author) -> tuple[Outcome, ObservationRow]:
    """Record one observation. Raises Forbidden, Invalid, or Conflict where another value stands already."""
    return await _state_one(session, code, rows, author, _refuse_another)


async def _state_one(
    session: AsyncSession, code: str, rows: Parsed, author: Author, refuse: Callable[[Plan, Recording], None]
) -> tuple[Outcome, ObservationRow]:
    row = await _existing(session, code)
    recording = Recording(code, _concerned(row), author.caller, "api", None)
    plan = Plan()
    await recording.plan(session, rows, plan)
    refuse(plan, recording)
    await recording.apply(session, _now(row, author))
    return plan.outcomes[OBSERVATIONS][0], await recording.written(session)


def _refuse_another(plan: Plan, recording: Recording) -> None:
    """As `_refuse`, and a value where another one stands: a correction names the version that it corrects."""
    _refuse([each for each in plan.mistakes if each.code != "reason-required"])
    known = recording.known.get(key_of(recording.rows[0]))
    if known and plan.outcomes[OBSERVATIONS] != [Outcome.UNCHANGED]:
        detail = (
            f"Une autre valeur est déjà enregistrée ({shown(known)}, version {known.version}) : pour la corriger, "
            f"envoyez PUT /indicators/v1/observations/{known.id} avec If-Match et un motif (reason)."
        )
        raise Conflict(detail, id=known.id, version=known.version)


def _refuse_mistakes(plan: Plan, _recording: Recording) -> None:
    _refuse(plan.mistakes)


def _refuse(mistakes: list[Mistake]) -> None:
    for mistake in mistakes:
        if mistake.code == "forbidden":
            raise Forbidden(mistake.message)
    if mistakes:
        errors = errors_of(mistakes)
        raise Invalid(str(errors[0]["message"]), errors=errors)


def errors_of(mistakes: list[Mistake]) -> list[dict[str, str | int | None]]:
    return [
        {"table": each.table, "row": each.row, "column": each.column, "code": each.code, "message": each.message}
        for each in in_order(mistakes)
    ]


async def correct(
    session: AsyncSession, id_: str, expected: int | None, statement: Mapping[str, object], author: Author
) -> tuple[Outcome, ObservationRow]:
    """State an observation anew, with its reason. Raises Stale where it has changed since `expected`."""
    known = await session.get(ObservationRow, id_)
    if known is None:
        raise NotFound("Aucune observation n’a cet identifiant.")
    await _existing(session, known.contract)
    await session.refresh(known)
    if expected is not None and known.version != expected:
        raise Stale(f"L’observation en est à la version {known.version} : relisez-la avant de la corriger.")
    rows = parse(OBSERVATIONS, [restate(known, statement)])
    return await _state_one(session, known.contract, rows, author, _refuse_mistakes)


async def _locked(session: AsyncSession, code: str) -> ContractRow | None:
    """The contract, held until the end of the transaction: its writes come one after the other."""
    return await session.get(ContractRow, code, with_for_update=True, populate_existing=True)


async def _existing(session: AsyncSession, code: str) -> ContractRow:
    row = await _locked(session, code)
    if row is None:
        raise NotFound(f"Le contrat « {code} » n’existe pas.")
    return row


def _concerned(row: ContractRow) -> Concerned:
    return Concerned.of(CONTRACT.validate_json(row.definition))


def _now(row: ContractRow, author: Author) -> datetime:
    """The time of a write, always later than the contract's last: who reads `updatedAfter` misses nothing."""
    row.changed_at = max(author.clock(), row.changed_at + _TICK)
    return row.changed_at
