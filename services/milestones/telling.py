"""The events of what was written: the whole state of a plan, a step, its progress or a comment."""

from shared.events.milestones import (
    CommentAdded,
    DueBody,
    EvidenceBody,
    ForecastBody,
    LineBody,
    MilestoneBody,
    PlanBody,
    PlanDefined,
    ProgressRecorded,
    ResultBody,
    StepRecorded,
)

from .domain.dates import Due
from .domain.plan import Milestone, Plan
from .domain.progress import Forecast
from .rows import PLAN, STATEMENT, STEP
from .tables import CommentRow, PlanRow, ProgressRow, StepRow


def plan_defined(row: PlanRow) -> PlanDefined:
    return PlanDefined(
        version=row.version,
        contract=row.contract,
        defined_at=row.defined_at,
        defined_by=row.defined_by,
        definition=_plan(PLAN.validate_json(row.definition)),
    )


def step_recorded(row: StepRow) -> StepRecorded:
    step = STEP.validate_json(row.definition)
    return StepRecorded(
        version=row.version,
        id=row.id,
        contract=row.contract,
        line=step.line,
        code=row.code,
        year=row.year,
        place=row.place,
        title=step.title,
        due=due_body(step.due),
        conditional=step.conditional,
        recurrent=step.recurrent,
        scope=step.scope,
        pilot=step.pilot,
        source=step.source,
        note=step.note,
        signed=row.signed,
        withdrawn=row.withdrawn,
        reason=row.reason,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )


def progress_recorded(row: ProgressRow) -> ProgressRecorded:
    stated = STATEMENT.validate_json(row.statement)
    return ProgressRecorded(
        version=row.version,
        id=row.id,
        step=row.step,
        contract=row.contract,
        entity=row.entity,
        state=stated.state,
        share=stated.share,
        done_on=stated.done_on,
        evidence=tuple(EvidenceBody.model_validate(each, from_attributes=True) for each in stated.evidence),
        due=due_body(stated.due) if stated.due else None,
        forecast=_forecast(stated.forecast) if stated.forecast else None,
        reason=row.reason,
        note=stated.note,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )


def comment_added(row: CommentRow) -> CommentAdded:
    return CommentAdded(
        version=1,
        id=row.id,
        step=row.step,
        contract=row.contract,
        entity=row.entity,
        text=row.text,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )


def due_body(due: Due) -> DueBody:
    return DueBody.model_validate(due, from_attributes=True)


def _forecast(forecast: Forecast) -> ForecastBody:
    return ForecastBody(**due_body(forecast.due).model_dump(), confidence=forecast.confidence)


def _plan(plan: Plan) -> PlanBody:
    return PlanBody(
        entities=tuple(each.code for each in plan.members),
        milestones=tuple(_milestone(each) for each in plan.milestones),
        lines=tuple(LineBody.model_validate(each, from_attributes=True) for each in plan.milestone_lines),
        results=tuple(ResultBody.model_validate(each, from_attributes=True) for each in plan.milestone_results),
    )


def _milestone(milestone: Milestone) -> MilestoneBody:
    return MilestoneBody(
        code=milestone.code,
        title=milestone.title,
        source=milestone.source,
        objective=milestone.objective,
        indicators=milestone.indicator_codes,
        pilot=milestone.pilot,
        note=milestone.note,
    )
