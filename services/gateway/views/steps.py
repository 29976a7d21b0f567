"""A step as it is shown: where it stands, what was stated of it, and how its date was signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.gateway.domain.milestones.due import Due, Forecast
from services.gateway.domain.milestones.integrity import Commitment
from services.gateway.domain.milestones.progress import LABELS
from services.gateway.domain.milestones.standing import Standing
from services.gateway.milestone_facts import Said, Step
from services.gateway.milestone_history import Comment
from services.gateway.schemas.steps import (
    CommentView,
    DueView,
    EntityStepView,
    EvidenceView,
    ForecastView,
    StandingView,
    StepView,
)

from .parts import Judged, Part


@dataclass(frozen=True, slots=True)
class Past:
    """What was recorded of a step: its first version, the remarks, and what became of the commitment."""

    first: Step
    comments: Iterable[Comment]
    commitment: Commitment


def step_view(part: Part, judged: Judged, past: Past) -> StepView:
    step = judged.step
    return StepView(
        **_standing(judged.standing, part.said(step)).model_dump(),
        **_plain(step),
        due_signed=_signed(past.first.due, judged.standing.due),
        moved=past.commitment.moved,
        step_note=step.note,
        comments=[_comment(part, each) for each in past.comments],
        by_entity=[_by_entity(part, step, each) for each in part.expected] if part.is_divided(step) else [],
    )


def due_view(due: Due) -> DueView:
    return DueView(earliest=due.earliest, latest=due.latest, text=due.text, doubtful=due.doubtful)


def _plain(step: Step) -> dict[str, Any]:
    names = ("id", "code", "title", "year", "conditional", "recurrent", "scope", "pilot", "source", "version")
    return {name: getattr(step, name) for name in names}


def _signed(first: Due, held: Due) -> DueView | None:
    """The first date, where the days or the doubt are no longer the same."""
    is_same = (first.earliest, first.latest, first.doubtful) == (held.earliest, held.latest, held.doubtful)
    return None if is_same else due_view(first)


def _by_entity(part: Part, step: Step, entity: str) -> EntityStepView:
    stands = _standing(part.standing_of(entity, step), part.said_by(entity, step))
    return EntityStepView(**stands.model_dump(), entity=entity, label=part.label(entity))


def _standing(standing: Standing, said: Said | None) -> StandingView:
    return StandingView(
        stated=said is not None,
        state=standing.state,
        state_label=LABELS[standing.state],
        share=None if standing.share is None else format(standing.share, "f"),
        done_on=standing.done_on,
        due=due_view(standing.due),
        lateness=standing.lateness,
        days_late=standing.days_late,
        situation=standing.situation,
        forecast=_forecast(standing.forecast),
        evidence=[EvidenceView(**each.model_dump()) for each in said.evidence] if said else [],
        reason=said.reason if said else None,
        note=said.note if said else None,
        recorded_at=said.recorded_at if said else None,
        recorded_by=said.recorded_by if said else None,
    )


def _forecast(forecast: Forecast | None) -> ForecastView | None:
    if forecast is None:
        return None
    return ForecastView(**due_view(forecast).model_dump(), confidence=forecast.confidence)


def _comment(part: Part, comment: Comment) -> CommentView:
    return CommentView(
        entity=comment.entity,
        label=part.label(comment.entity),
        text=comment.text,
        by=comment.recorded_by,
        at=comment.recorded_at,
    )
