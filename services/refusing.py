"""Everything for which a load would refuse a package, owner by owner, found without an instance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shared.intake.answers import errors_of
from shared.intake.mistakes import Mistake, Unread
from shared.intake.tables import Parsed, Tables
from shared.serving import RefusedError

from .indicators.checking import row_mistakes
from .indicators.domain.concerned import Concerned
from .indicators.domain.contract import Contract
from .indicators.domain.validation import check_contract, check_unread
from .indicators.rows import DEFINITIONS, OBSERVATIONS
from .loading import OWNERS, Package
from .merging import Refusal, merged_refusals
from .milestones.domain.concerned import objection
from .milestones.domain.forms import UnreadableError
from .milestones.domain.plan import Plan, WrittenProgress, cell_of, statement_of
from .milestones.domain.progress import PLANNED, says_the_same
from .milestones.domain.progress import mistakes as statement_mistakes
from .milestones.domain.step import Step, expand
from .milestones.domain.validation import plan_mistakes
from .milestones.rows import KEYS, PROGRESS, STEPS

INDICATORS, MILESTONES = OWNERS
_REFERRING = {"unknown", "group", "count"}
_Wrong = Iterator[tuple[str, str, str]]  # column, code, sentence


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
    plan = Plan(**{table: tuple(row for _, row in tables[table].rows) for table in KEYS})
    unread = [mistake for table in (*KEYS, STEPS) for mistake in tables[table].mistakes]
    unsure = any(each.table != STEPS for each in unread)
    found = _mistakes(plan_mistakes(code, plan, [row for _, row in tables[STEPS].rows]))
    wrong = [tables[each.table].relocated(each) for each in found if not (unsure and each.code in _REFERRING)]
    yield from (*unread, *wrong, *tables[PROGRESS].mistakes)
    refused = {each.row for each in wrong if each.table == STEPS}
    steps = [step for place, row in tables[STEPS].rows if place not in refused for step in expand(row)]
    held = _Held(plan, {step.key: step for step in steps}, bool(unread or wrong), today)
    yield from _of_progress(held, tables[PROGRESS])


@dataclass(frozen=True, slots=True)
class _Held:
    """What statements are held against: the plan and its steps (`unsure` where these are wrong), on a day."""

    plan: Plan
    steps: Mapping[tuple[str, int], Step]
    unsure: bool
    today: date


def _of_progress(held: _Held, progress: Parsed) -> Iterator[Mistake]:
    seen: dict[tuple[str, int, str], int] = {}
    for place, row in progress.rows:
        first = seen.setdefault((row.step, row.year, row.entity), place)
        found = _statement_mistakes(held, row) if first == place else _repeated(first)
        yield from _mistakes((PROGRESS, place, *each) for each in found)


def _repeated(first: int) -> _Wrong:
    yield "step", "repeated", f"la même étape est déjà donnée plus haut pour cette entité (rangée {first + 1})"


def _statement_mistakes(held: _Held, row: WrittenProgress) -> _Wrong:
    """Of a statement that is the first one of its step."""
    step = held.steps.get((row.step, row.year))
    message = objection(held.plan, step, row.entity) if step else None
    if step and not message:
        yield from _own_mistakes(held, step, row)
    elif held.unsure:
        return
    elif message:
        yield "entity", "scope", message
    else:
        yield "step", "unknown", f"aucune étape « {row.step} » n’est prévue en {row.year} dans ce contrat"


def _own_mistakes(held: _Held, step: Step, row: WrittenProgress) -> _Wrong:
    try:
        after = statement_of(row, row.year)
    except UnreadableError as error:
        yield error.column, "form", error.message
        return
    if not says_the_same(PLANNED, after):
        for column, code, message in statement_mistakes(None, after, step.due, held.today):
            yield cell_of(column), code, message


def _mistakes(found: Iterable[tuple[str, int, str, str, str]]) -> Iterator[Mistake]:
    return (Mistake(table=t, row=r, column=c, code=k, message=m) for t, r, c, k, m in found)
