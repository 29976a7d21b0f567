"""Loading a contract's milestones: its definitions in a new version, its steps, and the progress of its package."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.checking import assemble, definition_mistakes
from services.milestones.domain.plan import Plan as Definitions
from services.milestones.domain.step import Step, expand
from services.milestones.holding import definition, locked, now
from services.milestones.recording import PACKAGE
from services.milestones.recording.progress import ProgressRecording
from services.milestones.recording.steps import StepRecording, Writing
from services.milestones.rows import KEYS, PLAN, PROGRESS, STEPS
from services.milestones.tables import PlanRow, PlanVersionRow, StepRow
from services.milestones.telling import plan_defined
from shared import outbox
from shared.authorship import Author
from shared.intake.mistakes import Mistake, Unread
from shared.intake.plans import Outcome, Plan, compare
from shared.intake.tables import Parsed

_NAMED = 10
_COPIED = ("contract", "version", "definition", "defined_at", "defined_by")


async def load(session: AsyncSession, contract: str, package: Mapping[str, Parsed], author: Author) -> Plan:
    """Define the milestones of a contract, all or nothing; the plan's mistakes say why nothing."""
    row = await locked(session, contract)
    known, stated = definition(row) if row else None, assemble(package)
    plan = compare(KEYS, known, stated, Unread({table: package[table].unread for table in KEYS}))
    _place(plan, package)
    plan.reject(definition_mistakes(contract, stated, package))
    lines = {line.code: line.milestone for line in stated.milestone_lines}
    steps = await _plan_steps(session, StepRecording(contract, row is None, lines), package[STEPS], plan)
    reason, today = f"Chargement du paquet {contract}", author.clock().date()
    planned, unsure = steps.planned(), bool(plan.mistakes)
    progress = ProgressRecording(contract, stated, author.caller, PACKAGE, reason, today, planned, unsure)
    await progress.plan(session, package[PROGRESS], plan)
    if plan.mistakes:
        return plan
    if row is None or stated != known:
        row = await _define(session, row, stated, author)
    writing = Writing(author.caller, PACKAGE, reason, now(row, author))
    await steps.apply(session, writing)
    await progress.apply(session, writing)
    return plan


def _place(plan: Plan, package: Mapping[str, Parsed]) -> None:
    """Give each outcome back its row's own place: rows that could not be read stand rejected between them."""
    for table in KEYS:
        plan.outcomes[table] = package[table].placed(plan.outcomes[table])
    for table in (STEPS, PROGRESS):
        plan.outcomes[table] = [Outcome.REJECTED] * package[table].received


async def _plan_steps(session: AsyncSession, recording: StepRecording, parsed: Parsed, plan: Plan) -> StepRecording:
    """What the rows without a mistake would do."""
    await recording.read(session)
    wrong = {each.row for each in plan.mistakes if each.table == STEPS}
    rows = [(place, expand(row)) for place, row in parsed.rows if place not in wrong]
    outcomes = recording.plan([steps for _, steps in rows])
    for (place, _), outcome in zip(rows, outcomes, strict=True):
        plan.outcomes[STEPS][place] = outcome
    plan.removed[STEPS] = 0 if wrong else len(recording.withdrawn)
    plan.changes += recording.changes
    if recording.withdrawn:
        plan.notices.append(_left_out(recording.withdrawn))
    if not plan.mistakes:
        plan.reject(_orphans(recording, len(plan.outcomes["milestone_lines"])))
    return recording


def _left_out(rows: Sequence[StepRow]) -> str:
    named = ", ".join(f"{row.code} ({row.year})" for row in rows[:_NAMED])
    more = f" et {len(rows) - _NAMED} autre(s)" if len(rows) > _NAMED else ""
    return f"{len(rows)} étape(s) que ce paquet ne donne plus sont retirées du contrat : {named}{more}"


def _orphans(recording: StepRecording, end: int) -> list[Mistake]:
    """The steps that somebody put on a line which this package leaves out."""
    left = (known.step for known in recording.planned().values() if not known.withdrawn)
    return [
        Mistake(table="milestone_lines", row=end, column="code", code="needed", message=_needed(step))
        for step in left
        if step.line not in recording.milestones
    ]


def _needed(step: Step) -> str:
    return (
        f"la ligne « {step.line} » n’est plus là, et l’étape « {step.code} » de {step.year}, qui n’est pas du paquet, "
        "en est : gardez la ligne, ou retirez d’abord cette étape"
    )


async def _define(session: AsyncSession, row: PlanRow | None, stated: Definitions, author: Author) -> PlanRow:
    row = row or PlanRow(contract=stated.header.code, version=0, changed_at=author.clock())
    row.version += 1
    row.definition = PLAN.dump_json(stated).decode()
    row.defined_at, row.defined_by = now(row, author), author.caller.subject
    session.add_all([row, PlanVersionRow(**{name: getattr(row, name) for name in _COPIED})])
    outbox.record(session, plan_defined(row), at=row.defined_at)
    await session.flush()
    return row
