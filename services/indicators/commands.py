"""The writes of the indicators service: each one transaction, with the events of what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from shared import outbox
from shared.events.indicators import ContractBody, ContractDefined
from shared.identity import Caller
from shared.problems import Conflict, Forbidden, Invalid, NotFound, Stale

from .domain.concerned import Concerned
from .domain.contract import Contract
from .domain.observation import Outcome, key_of
from .domain.plan import OBSERVATIONS, Plan, compare_contracts
from .domain.validation import Mistake, check_contract
from .recording import PACKAGE, Recording, restate
from .rows import CONTRACT, Parsed, definition_tables, parse
from .tables import ContractRow, ContractVersionRow, ObservationRow

_TICK = timedelta(microseconds=1)
_REFERRED = {"unknown", "group", "count"}


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and when."""

    caller: Caller
    at: datetime


async def load(session: AsyncSession, code: str, package: Mapping[str, Parsed], author: Author) -> Plan:
    """Define a contract and record its observations, all or nothing; the plan's mistakes say why nothing."""
    row = await _locked(session, code)
    known = CONTRACT.validate_json(row.definition) if row else None
    stated = _assemble(package)
    plan = compare_contracts(known, stated)
    _place(plan, package)
    plan.reject(_definition_mistakes(code, stated, package))
    if not plan.mistakes and stated != known:
        row = _define(session, row, stated, author)
    await session.flush()
    if not stated.contract:
        plan.outcomes[OBSERVATIONS] = package[OBSERVATIONS].placed([Outcome.REJECTED] * len(package[OBSERVATIONS].rows))
        return plan
    recording = Recording(code, Concerned.of(stated), author.caller, PACKAGE, f"Chargement du paquet {code}")
    await recording.plan(session, package[OBSERVATIONS], plan)
    if row and not plan.mistakes:
        await recording.apply(session, _now(row, author))
    return plan


def _assemble(package: Mapping[str, Parsed]) -> Contract:
    return Contract(**{table: tuple(row for _, row in package[table].rows) for table in definition_tables()})


def _place(plan: Plan, package: Mapping[str, Parsed]) -> None:
    """Give each outcome back its row's own place: rows that could not be read stand rejected between them."""
    for table in definition_tables():
        plan.outcomes[table] = package[table].placed(plan.outcomes[table])
    plan.reject([mistake for table in definition_tables() for mistake in package[table].mistakes])


def _definition_mistakes(code: str, stated: Contract, package: Mapping[str, Parsed]) -> list[Mistake]:
    """What contradicts itself; where a row could not be read, what refers to it is not held against others."""
    unread = any(package[table].mistakes for table in definition_tables())
    found = [each for each in check_contract(code, stated) if not (unread and each.code in _REFERRED)]
    return [package[each.table].relocated(each) for each in found]


def _define(session: AsyncSession, row: ContractRow | None, stated: Contract, author: Author) -> ContractRow:
    definition = CONTRACT.dump_json(stated).decode()
    if row is None:
        row = ContractRow(code=stated.header.code, version=0, changed_at=author.at)
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
    row = await _existing(session, code)
    recording = Recording(code, _concerned(row), author.caller, "api", None)
    plan = Plan()
    await recording.plan(session, rows, plan)
    _refuse(plan, recording)
    await recording.apply(session, _now(row, author))
    return plan.outcomes[OBSERVATIONS][0], await recording.written(session)


def _refuse(plan: Plan, recording: Recording) -> None:
    for mistake in plan.mistakes:
        if mistake.code == "forbidden":
            raise Forbidden(mistake.message)
        if mistake.code == "reason-required":
            known = recording.known[key_of(recording.rows[0])]
            raise Conflict(mistake.message, id=known.id, version=known.version)
    if plan.mistakes:
        raise Invalid(plan.mistakes[0].message, errors=errors_of(plan))


def errors_of(plan: Plan) -> list[dict[str, str | int | None]]:
    return [
        {"table": each.table, "row": each.row, "column": each.column, "code": each.code, "message": each.message}
        for each in plan.mistakes
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
    return await record_one(session, known.contract, parse(OBSERVATIONS, [restate(known, statement)]), author)


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
    row.changed_at = max(author.at, row.changed_at + _TICK)
    return row.changed_at
