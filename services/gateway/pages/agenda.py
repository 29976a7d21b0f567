"""The milestones at a glance, by objective: how many steps are where, and those that ask for attention in a year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from services.gateway.domain.milestones.standing import Lateness, Situation
from services.gateway.schemas.follow_up import EntityFollowUp, FollowUp
from services.gateway.schemas.milestones import DatedStepView, FollowedMilestoneView, MilestonesView, MilestoneView

from .addresses import Addresses
from .marks import AT_RISK, Count, at_risk, counts


@dataclass(frozen=True, slots=True)
class Attention:
    """A step that is late or at risk, and where the milestones' page tells it."""

    sign: str
    step: DatedStepView
    address: str
    date: str
    """Its words where they say more than the year."""


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    title: str
    address: str
    counts: Sequence[Count]
    attention: Sequence[Attention] = ()


@dataclass(frozen=True, slots=True)
class Objective:
    """The milestones of an objective; without a label, those that the contract ties to none."""

    label: str | None
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Agenda:
    objectives: Sequence[Objective]
    columns: Sequence[Count]
    """The totals, in the order of every row's counts."""

    @property
    def is_empty(self) -> bool:
        return not any(each.number for each in self.columns)

    @property
    def asks(self) -> bool:
        """Whether any step asks for attention."""
        return any(row.attention for objective in self.objectives for row in objective.rows)


def of_year(view: EntityFollowUp | FollowUp, objectives: Mapping[str, str], address: Addresses) -> Agenda:
    page = address.milestones(view.entity)
    rows = [(each.objective, _row_of_year(each, view.year, page)) for each in view.milestones]
    return _agenda(rows, objectives)


def of_grid(view: MilestonesView) -> Agenda:
    rows = [(each.objective, _row_of_grid(each)) for each in view.milestones]
    return _agenda(rows, {each.objective or "": each.objective_label or "" for each in view.milestones})


def anchor(code: str, year: int) -> str:
    """The place of a step in its page: a step of every year has one a year."""
    return f"{code}-{year}"


def _agenda(rows: Sequence[tuple[str | None, Row]], objectives: Mapping[str, str]) -> Agenda:
    found: dict[str, list[Row]] = {}
    for objective, row in rows:
        found.setdefault(objective or "", []).append(row)
    by_objective = [Objective(objectives.get(code, code) or None, several) for code, several in found.items()]
    return Agenda(by_objective, _totals([row for _, row in rows]))


def _totals(rows: Iterable[Row]) -> list[Count]:
    columns = zip(*(row.counts for row in rows), strict=True)
    return [Count(each[0].sign, sum(one.number for one in each), each[0].words) for each in columns]


def _row_of_year(view: FollowedMilestoneView, year: int, page: str) -> Row:
    asked = [(Situation.LATE.value, each) for each in view.late] + [(AT_RISK, each) for each in view.at_risk]
    return Row(
        code=view.code,
        title=view.title,
        address=_at(page, view.code),
        counts=[*counts(view.summary), at_risk(len(view.at_risk))],
        attention=[_attention(sign, each, year, page) for sign, each in asked],
    )


def _attention(sign: str, step: DatedStepView, year: int, page: str) -> Attention:
    date = "" if step.due.text == str(year) else step.due.text
    return Attention(sign, step, _at(page, anchor(step.code, year)), date)


def _row_of_grid(view: MilestoneView) -> Row:
    risky = sum(step.lateness == Lateness.AT_RISK for line in view.lines for step in line.steps)
    return Row(view.code, view.title, _at("", view.code), [*counts(view.summary), at_risk(risky)])


def _at(page: str, place: str) -> str:
    return f"{page}#{quote(place, safe='')}"
