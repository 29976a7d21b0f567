"""The milestones as the contract prints them: a line a row, a year a column, each step in its year's cell."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.gateway.domain.milestones.progress import State
from services.gateway.schemas.milestones import LineView, MilestonesView, MilestoneView, NamedView
from services.gateway.schemas.steps import EntityStepView, StepView

from .agenda import anchor
from .marks import Count, Mark, counts, marks

_SHARED = "schools"


@dataclass(frozen=True, slots=True)
class School:
    view: EntityStepView
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Step:
    """`schools` are those of a shared step, seen by the group; `done` of them are done."""

    view: StepView
    anchor: str
    marks: Sequence[Mark]
    schools: Sequence[School]

    @property
    def done(self) -> int:
        return sum(each.view.state == State.DONE for each in self.schools)

    @property
    def is_shared(self) -> bool:
        return self.view.scope == _SHARED

    @property
    def says_its_date(self) -> bool:
        """Whether its date is another than the year of its column."""
        return self.view.due.text != str(self.view.year) or self.view.due_signed is not None


@dataclass(frozen=True, slots=True)
class Line:
    """`cells` are of the grid's years, in their order; most may be empty."""

    view: LineView
    cells: Sequence[Sequence[Step]]
    is_whole: bool
    """Whether it is the whole milestone, under the milestone's own title."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One that a milestone serves; `is_followed` where the page's entity has a sheet of it."""

    view: NamedView
    is_followed: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    view: MilestoneView
    counts: Sequence[Count]
    indicators: Sequence[Indicator]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Grid:
    years: Sequence[int]
    milestones: Sequence[Milestone]
    steps: frozenset[str]
    """The places of all steps, so that a remark leads only to one that is there."""


def grid(view: MilestonesView, years: Collection[int], followed: Collection[str]) -> Grid:
    """`years` are the contract's own; a step of another adds its year. `followed` are codes of indicators."""
    columns = sorted({*years, *view.years})
    found = [_milestone(each, columns, followed) for each in view.milestones]
    lines = [line for each in found for line in each.lines]
    return Grid(columns, found, frozenset(step.anchor for line in lines for cell in line.cells for step in cell))


def _milestone(view: MilestoneView, years: Sequence[int], followed: Collection[str]) -> Milestone:
    return Milestone(
        view=view,
        counts=[each for each in counts(view.summary) if each.number],
        indicators=[Indicator(each, each.code in followed) for each in view.indicators],
        lines=[Line(each, _cells(each, years), each.title == view.title) for each in view.lines],
    )


def _cells(view: LineView, years: Sequence[int]) -> list[list[Step]]:
    return [[_step(each) for each in view.steps if each.year == year] for year in years]


def _step(view: StepView) -> Step:
    schools = [School(each, marks(each)) for each in view.by_entity]
    return Step(view, anchor(view.code, view.year), marks(view), schools)
