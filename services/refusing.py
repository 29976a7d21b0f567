"""Everything for which a load would refuse a package, owner by owner, found without an instance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shared.intake.answers import errors_of
from shared.intake.mistakes import Mistake, Unread
from shared.intake.tables import Parsed, Tables
from shared.serving import RefusedError

from .bibliometrics.commands.registries import assemble as assemble_registry
from .bibliometrics.commands.registries import mistakes as registry_mistakes
from .indicators.checking import row_mistakes
from .indicators.domain.concerned import Concerned
from .indicators.domain.contract import Contract
from .indicators.domain.validation import check_contract, check_unread
from .indicators.rows import DEFINITIONS, OBSERVATIONS
from .loading import OWNERS, Package
from .merging import Refusal, merged_refusals
from .milestones.checking import (
    Seen,
    Wrong,
    assemble,
    definition_mistakes,
    misplaced,
    progress_mistake,
    repeated,
    statement_mistakes,
)
from .milestones.domain.forms import UnreadableError
from .milestones.domain.plan import Plan, WrittenProgress, statement_of
from .milestones.domain.progress import PLANNED, says_the_same
from .milestones.domain.step import Step, expand
from .milestones.rows import PROGRESS, STEPS

INDICATORS, MILESTONES, BIBLIOMETRICS = OWNERS


def parsed(package: Package, owner: str) -> dict[str, Parsed]:
    """An owner's tables, the absent ones empty. Raises RefusedError on a table that nobody knows."""
    tables, body = OWNERS[owner], package.body(owner)
    if unknown := tables.unknown(body):
        raise RefusedError(f"tableau(x) inconnu(s) dans le paquet « {package.code} » : {', '.join(unknown)}")
    return {table: tables.parse(table, body.get(table, [])) for table in tables.names}


def contract_of(tables: Mapping[str, Parsed]) -> Contract:
    """The definitions that could be read."""
    return Contract(**{table: tuple(row for _, row in tables[table].rows) for table in DEFINITIONS})


def refusals(package: Package, today: date) -> list[Refusal]:
    """What a first load on this day would refuse, as it would tell it."""
    answers = [_told(OWNERS[INDICATORS], _of_indicators(package.code, parsed(package, INDICATORS)))]
    if MILESTONES in package.owners:
        found = _of_milestones(package.code, parsed(package, MILESTONES), today)
        answers.append(_told(OWNERS[MILESTONES], found))
    if BIBLIOMETRICS in package.owners:
        tables = parsed(package, BIBLIOMETRICS)
        found = iter(registry_mistakes(package.code, assemble_registry(tables), tables))
        answers.append(_told(OWNERS[BIBLIOMETRICS], found))
    return merged_refusals(answers)


def _told(tables: Tables, found: Iterable[Mistake]) -> Sequence[Refusal]:
    return errors_of(tables, list(found))


def _of_indicators(code: str, tables: Mapping[str, Parsed]) -> Iterator[Mistake]:
    contract = contract_of(tables)
    unread = Unread({table: tables[table].unread for table in DEFINITIONS})
    for table in DEFINITIONS:
        yield from tables[table].mistakes
    for mistake in check_contract(code, contract, unread):
        yield tables[mistake.table].relocated(mistake)
    yield from check_unread(contract, unread)
    yield from row_mistakes(tables[OBSERVATIONS], Concerned.of(contract, unread))


def _of_milestones(code: str, tables: Mapping[str, Parsed], today: date) -> Iterator[Mistake]:
    """Where a definition is wrong itself, nothing is held against those that refer to it."""
    plan = assemble(tables)
    wrong = definition_mistakes(code, plan, tables)
    yield from (*wrong, *tables[PROGRESS].mistakes)
    refused = {each.row for each in wrong if each.table == STEPS}
    steps = [step for place, row in tables[STEPS].rows if place not in refused for step in expand(row)]
    held = _Held(plan, {step.key: step for step in steps}, bool(wrong), today)
    seen: Seen = {}
    for place, row in tables[PROGRESS].rows:
        found = repeated(row, place, seen) or _statement_mistakes(held, row)
        yield from (progress_mistake(place, each) for each in found)


@dataclass(frozen=True, slots=True)
class _Held:
    """What statements are held against: the plan and its steps (`unsure` where these are wrong), on a day."""

    plan: Plan
    steps: Mapping[tuple[str, int], Step]
    unsure: bool
    today: date


def _statement_mistakes(held: _Held, row: WrittenProgress) -> list[Wrong]:
    """Of a statement that is the first one of its step."""
    step = held.steps.get((row.step, row.year))
    wrong = misplaced(held.plan, step, row)
    if wrong or step is None:
        return [] if held.unsure else wrong
    try:
        after = statement_of(row, row.year)
    except UnreadableError as error:
        return [(error.column, "form", error.message)]
    return [] if says_the_same(PLANNED, after) else statement_mistakes(None, after, step, held.today)
