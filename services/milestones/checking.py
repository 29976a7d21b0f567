"""What is wrong with the rows of a package's milestones, whether a load records them or a lint only reads them."""

from collections.abc import Mapping
from datetime import date

from shared.intake.mistakes import Mistake
from shared.intake.tables import Parsed

from .domain.concerned import objection
from .domain.plan import Plan, WrittenProgress, cell_of
from .domain.progress import Statement, mistakes
from .domain.step import Step
from .domain.validation import plan_mistakes
from .rows import KEYS, PROGRESS, STEPS

Wrong = tuple[str, str, str]  # column, code, sentence
Seen = dict[tuple[str, int, str], int]
_REFERRING = {"unknown", "group", "count"}


def assemble(package: Mapping[str, Parsed]) -> Plan:
    """The definitions that could be read."""
    return Plan(**{table: tuple(row for _, row in package[table].rows) for table in KEYS})


def definition_mistakes(contract: str, stated: Plan, package: Mapping[str, Parsed]) -> list[Mistake]:
    """Of the definitions and the steps; where a definition can't be read, nothing is held against what refers to it."""
    unread = [each for table in (*KEYS, STEPS) for each in package[table].mistakes]
    unsure = any(each.table != STEPS for each in unread)
    found = plan_mistakes(contract, stated, [row for _, row in package[STEPS].rows])
    made = (Mistake(table=t, row=r, column=c, code=k, message=m) for t, r, c, k, m in found)
    kept = (each for each in made if not (unsure and each.code in _REFERRING))
    return [*unread, *(package[each.table].relocated(each) for each in kept)]


def repeated(row: WrittenProgress, place: int, seen: Seen) -> list[Wrong]:
    """What an earlier row of the same set has said already."""
    first = seen.setdefault((row.step, row.year, row.entity), place)
    if first == place:
        return []
    return [("step", "repeated", f"la même étape est déjà donnée plus haut pour cette entité (rangée {first + 1})")]


def misplaced(plan: Plan, step: Step | None, row: WrittenProgress) -> list[Wrong]:
    """Why nothing is stated of this step by this entity."""
    if step is None:
        return [("step", "unknown", f"aucune étape « {row.step} » n’est prévue en {row.year} dans ce contrat")]
    message = objection(plan, step, row.entity)
    return [("entity", "scope", message)] if message else []


def statement_mistakes(before: Statement | None, after: Statement, step: Step, today: date) -> list[Wrong]:
    """What forbids a statement, each in the column of a file where it is written."""
    return [(cell_of(column), code, message) for column, code, message in mistakes(before, after, step.due, today)]


def progress_mistake(place: int, wrong: Wrong) -> Mistake:
    column, code, message = wrong
    return Mistake(table=PROGRESS, row=place, column=column, code=code, message=message)
