"""The milestones of a contract, the group's or an entity's part: the grid, what is awaited, and what was signed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.gateway.domain.milestones.standing import Lateness, summary
from services.gateway.milestone_history import Recorded
from services.gateway.schemas.milestones import (
    AwaitedView,
    LineView,
    MilestonesView,
    MilestoneView,
    MissingStepView,
    NamedView,
    ResultView,
)
from shared.events.milestones import LineBody, MilestoneBody

from .integrity import integrity, pasts
from .parts import Judged, Part
from .steps import Past, step_view


@dataclass(frozen=True, slots=True)
class _Grid:
    """A part with its steps by line, judged, and what was recorded of them."""

    part: Part
    judged: dict[str, list[Judged]]
    pasts: dict[str, Past]


def milestones_view(part: Part, recorded: Recorded, as_of: datetime | None, watermark: str) -> MilestonesView:
    shown, told = part.judged(), pasts(part, recorded)
    grid = _Grid(part, _by_line(shown), told)
    lines = part.lines()
    return MilestonesView(
        contract=part.definition.header.code,
        year=part.year,
        as_of=as_of,
        entity=part.entity,
        label=part.label(part.entity),
        years=part.years(),
        summary=counts(shown),
        at_risk=sum(each.standing.lateness is Lateness.AT_RISK for each in shown),
        missing=_missing(part, shown),
        milestones=[_milestone(grid, each, lines.get(each.code, [])) for each in part.milestones()],
        integrity=integrity(part, told),
        watermark=watermark,
    )


def counts(judged: Iterable[Judged]) -> dict[str, int]:
    """The steps by situation."""
    return summary(each.standing.situation for each in judged)


def _by_line(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = {}
    for each in judged:
        found.setdefault(each.step.line, []).append(each)
    return found


def _missing(part: Part, judged: Iterable[Judged]) -> list[MissingStepView]:
    awaited = ((each.step, part.awaited(each.step)) for each in judged)
    return [
        MissingStepView(
            step=step.id,
            code=step.code,
            title=step.title,
            year=step.year,
            entities=[AwaitedView(entity=each, label=part.label(each)) for each in entities],
        )
        for step, entities in awaited
        if entities
    ]


def _milestone(grid: _Grid, milestone: MilestoneBody, lines: Sequence[LineBody]) -> MilestoneView:
    objectives = {each.code: each.label for each in grid.part.definition.objectives}
    return MilestoneView(
        code=milestone.code,
        title=milestone.title,
        objective=milestone.objective,
        objective_label=objectives.get(milestone.objective or ""),
        indicators=_named(grid.part, milestone),
        pilot=milestone.pilot,
        source=milestone.source,
        note=milestone.note,
        summary=counts(step for line in lines for step in grid.judged.get(line.code, [])),
        lines=[_line(grid, each) for each in lines],
    )


def _named(part: Part, milestone: MilestoneBody) -> list[NamedView]:
    labels = {each.code: each.label for each in part.definition.indicators}
    return [NamedView(code=each, label=labels.get(each, each)) for each in milestone.indicators]


def _line(grid: _Grid, line: LineBody) -> LineView:
    known = grid.part.known.plan
    results = [each for each in known.results if each.line == line.code] if known else []
    return LineView(
        **line.model_dump(exclude={"milestone"}),
        results=[ResultView(year=each.year, text=each.text, source=each.source) for each in results],
        steps=[step_view(grid.part, each, grid.pasts[each.step.id]) for each in grid.judged.get(line.code, [])],
    )
