"""Loading a contract: its definitions in a new version, and the observations of its package."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.domain.concerned import Concerned
from services.indicators.domain.contract import Contract
from services.indicators.domain.validation import KEYS, check_contract, check_unread
from services.indicators.holding import definition, locked, now
from services.indicators.recording import PACKAGE, Recording
from services.indicators.rows import CONTRACT, DEFINITIONS, OBSERVATIONS
from services.indicators.tables import ContractRow, ContractVersionRow
from shared import outbox
from shared.authorship import Author
from shared.events.contract import ContractBody
from shared.events.indicators import ContractDefined
from shared.intake.mistakes import Unread
from shared.intake.plans import Plan, compare
from shared.intake.tables import Parsed


async def load(session: AsyncSession, code: str, package: Mapping[str, Parsed], author: Author) -> Plan:
    """Define a contract and record its observations, all or nothing; the plan's mistakes say why nothing."""
    row = await locked(session, code)
    known = definition(row) if row else None
    stated, unread = _assemble(package)
    plan = compare(KEYS, known, stated, unread)
    _place(plan, package)
    plan.reject([package[each.table].relocated(each) for each in check_contract(code, stated, unread)])
    plan.reject(list(check_unread(stated, unread)))
    if not plan.mistakes and stated != known:
        row = _define(session, row, stated, author)
    await session.flush()
    recording = Recording(code, Concerned.of(stated, unread), author.caller, PACKAGE, f"Chargement du paquet {code}")
    await recording.plan(session, package[OBSERVATIONS], plan)
    if row and not plan.mistakes:
        plan.notices += await recording.apply(session, now(row, author))
    return plan


def _assemble(package: Mapping[str, Parsed]) -> tuple[Contract, Unread]:
    """The definitions that could be read, and what could be of the others."""
    tables = DEFINITIONS
    stated = Contract(**{table: tuple(row for _, row in package[table].rows) for table in tables})
    return stated, Unread({table: package[table].unread for table in tables})


def _place(plan: Plan, package: Mapping[str, Parsed]) -> None:
    """Give each outcome back its row's own place: rows that could not be read stand rejected between them."""
    for table in DEFINITIONS:
        plan.outcomes[table] = package[table].placed(plan.outcomes[table])
    plan.reject([mistake for table in DEFINITIONS for mistake in package[table].mistakes])


def _define(session: AsyncSession, row: ContractRow | None, stated: Contract, author: Author) -> ContractRow:
    if row is None:
        row = ContractRow(code=stated.header.code, version=0, changed_at=author.clock())
        session.add(row)
    row.version += 1
    row.definition = CONTRACT.dump_json(stated).decode()
    row.defined_at = row.changed_at = now(row, author)
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
