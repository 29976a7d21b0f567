"""Loading a contract's registry: its definitions in a new version, and whose every publication is, found anew."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics import defaults
from services.bibliometrics.domain.registry import Registry
from services.bibliometrics.domain.validation import registry_mistakes
from services.bibliometrics.holding import changed, corpus
from services.bibliometrics.recording.counting import recount
from services.bibliometrics.recording.publications import attribute_all
from services.bibliometrics.recording.writing import Writing
from services.bibliometrics.rows import KEYS, OBSERVATIONS, REGISTRY
from services.bibliometrics.tables import CorpusRow, RegistryRow, RegistryVersionRow
from services.bibliometrics.telling import measures_defined
from shared import outbox
from shared.authorship import Author
from shared.intake.mistakes import Mistake, Unread
from shared.intake.plans import Outcome, Plan, compare
from shared.intake.tables import Parsed

_COPIED = ("contract", "version", "definition", "affiliations", "staff", "defined_at", "defined_by")


async def load(session: AsyncSession, contract: str, package: Mapping[str, Parsed], author: Author) -> Plan:
    """Define the registry of a contract, all or nothing; the plan's mistakes say why nothing."""
    held = await corpus(session)
    row = await session.get(RegistryRow, contract)
    known, stated = REGISTRY.validate_json(row.definition) if row else None, assemble(package)
    plan = _plan(known, stated, package)
    plan.reject(mistakes(contract, stated, package))
    if plan.mistakes:
        return plan
    counted = _counted(stated)
    if row is None or REGISTRY.dump_json(counted).decode() != row.definition:
        await _define(session, held, row, counted, author)
    return plan


def _plan(known: Registry | None, stated: Registry, package: Mapping[str, Parsed]) -> Plan:
    """What becomes of each row; of the observations, only those of a measure can be new here."""
    plan = compare(KEYS, known, stated, Unread({table: package[table].unread for table in KEYS}))
    counted = {each.indicator for each in _counted(stated).measures}
    plan.outcomes[OBSERVATIONS] = [
        outcome if row.indicator in counted else Outcome.UNCHANGED
        for outcome, row in zip(plan.outcomes[OBSERVATIONS], stated.observations, strict=True)
    ]
    if not stated.measures:
        plan.removed["measures"] = 0  # those that go without saying
    for table in KEYS:
        plan.outcomes[table] = package[table].placed(plan.outcomes[table])
    return plan


def assemble(package: Mapping[str, Parsed]) -> Registry:
    """The definitions that could be read."""
    return Registry(**{table: tuple(row for _, row in package[table].rows) for table in KEYS})


def mistakes(contract: str, stated: Registry, package: Mapping[str, Parsed]) -> list[Mistake]:
    """What could not be read, and where nothing else is wrong, what contradicts itself."""
    unread = [each for table in KEYS for each in package[table].mistakes]
    found = [] if unread else registry_mistakes(contract, stated)
    return [*unread, *(package[each.table].relocated(each) for each in found)]


def _counted(stated: Registry) -> Registry:
    """With the measures that go without saying, and of the observations those of a measure alone."""
    measures = stated.measures or defaults.measures({each.code for each in stated.indicators})
    wanted = {each.indicator for each in measures}
    declared = tuple(each for each in stated.observations if each.indicator in wanted and each.value is not None)
    return replace(stated, measures=measures, observations=declared)


async def _define(
    session: AsyncSession, held: CorpusRow, row: RegistryRow | None, stated: Registry, author: Author
) -> None:
    known = REGISTRY.validate_json(row.definition) if row else None
    row = row or RegistryRow(contract=stated.header.code, version=0, affiliations=0, staff=0)
    row.version += 1
    row.affiliations += stated.affiliations != (known.affiliations if known else ())
    row.staff += stated.staff != (known.staff if known else ())
    row.definition = REGISTRY.dump_json(stated).decode()
    row.defined_at, row.defined_by = changed(held, author), author.caller.subject
    session.add_all([row, RegistryVersionRow(**{name: getattr(row, name) for name in _COPIED})])
    outbox.record(session, measures_defined(row), at=row.defined_at)
    await session.flush()
    await attribute_all(session, row)
    await recount(session, [row], None, Writing(row.defined_at, row.defined_by))
