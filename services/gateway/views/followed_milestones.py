"""The milestones beside a follow-up: what asks for attention in a year, and which of them serve an indicator."""

from services.gateway.domain.milestones.standing import Lateness, Situation
from services.gateway.schemas.milestones import DatedStepView, FollowedMilestoneView
from shared.events.contract import IndicatorBody
from shared.events.milestones import MilestoneBody

from .milestones import counts
from .parts import Judged, Part
from .steps import due_view


def followed_milestones(part: Part) -> list[FollowedMilestoneView]:
    """Those of the part, in the contract's order, with the steps of its year."""
    of, judged = part.milestone_of(), part.judged()
    return [_followed(one, [each for each in judged if of[each.step.line] == one.code]) for one in part.milestones()]


def _followed(milestone: MilestoneBody, judged: list[Judged]) -> FollowedMilestoneView:
    """A step that was abandoned is counted as such: it is not among those late."""
    return FollowedMilestoneView(
        code=milestone.code,
        title=milestone.title,
        objective=milestone.objective,
        summary=counts(judged),
        steps=len(judged),
        late=[_dated(each) for each in judged if each.standing.situation is Situation.LATE],
        at_risk=[_dated(each) for each in judged if each.standing.lateness is Lateness.AT_RISK],
    )


def _dated(judged: Judged) -> DatedStepView:
    step = judged.step
    return DatedStepView(id=step.id, code=step.code, title=step.title, due=due_view(judged.standing.due))


def serving(part: Part, indicator: IndicatorBody) -> list[str]:
    """The milestones that name an indicator, and, of those that name none, those of its objective."""
    return [each.code for each in part.milestones() if _serves(each, indicator)]


def _serves(milestone: MilestoneBody, indicator: IndicatorBody) -> bool:
    if milestone.indicators:
        return indicator.code in milestone.indicators
    return milestone.objective is not None and milestone.objective == indicator.objective
