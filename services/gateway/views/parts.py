"""An entity's part of a contract's milestones: which steps it answers for, and where each of them stands on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.gateway.domain.milestones.progress import UNSTATED, Progress
from services.gateway.domain.milestones.standing import Standing, standing
from services.gateway.domain.milestones.together import together
from services.gateway.facts import group_of
from services.gateway.milestone_facts import MilestoneFacts, Said, Step
from shared.events.contract import ContractBody
from shared.events.milestones import LineBody, MilestoneBody


@dataclass(frozen=True, slots=True)
class Judged:
    """A step, and where it stands on the day."""

    step: Step
    standing: Standing


@dataclass(frozen=True, slots=True)
class Part:
    """The group answers for every step, another entity for its own share of those that each of them does.

    Without a year, the steps of all years.
    """

    definition: ContractBody
    known: MilestoneFacts
    entity: str
    on: date
    year: int | None = None

    @property
    def group(self) -> str:
        return group_of(self.definition)

    @property
    def is_group(self) -> bool:
        return self.entity == self.group

    @property
    def heard(self) -> tuple[str, ...] | None:
        """Whose words count here: the group hears everybody (none is named), another entity itself and the group."""
        return None if self.is_group else (self.entity, self.group)

    @property
    def expected(self) -> tuple[str, ...]:
        """Who does the shared steps."""
        return self.known.plan.entities if self.known.plan else ()

    def label(self, entity: str) -> str:
        """An entity that the contract names no more is called by its code."""
        return next((each.label for each in self.definition.entities if each.code == entity), entity)

    def lines(self) -> dict[str, list[LineBody]]:
        """By milestone; for an entity, those alone that have a step of its own, in whatever year."""
        found: dict[str, list[LineBody]] = {}
        named = {each.line for each in self._shown()}
        for line in self._lines():
            if self.is_group or line.code in named:
                found.setdefault(line.milestone, []).append(line)
        return found

    def milestones(self) -> list[MilestoneBody]:
        """In the contract's order; for an entity, those alone that have a step of its own, in whatever year."""
        named, known = self.lines(), self.known.plan.milestones if self.known.plan else ()
        return [each for each in known if self.is_group or each.code in named]

    def milestone_of(self) -> dict[str, str]:
        """The milestone of each line of the plan."""
        return {each.code: each.milestone for each in self._lines()}

    def years(self) -> list[int]:
        """The years that have steps."""
        return sorted({each.year for each in self._shown()})

    def steps(self) -> list[Step]:
        """Of the year, those withdrawn too."""
        return [each for each in self._own() if self.year in {None, each.year}]

    def judged(self) -> list[Judged]:
        """The steps of the year that are in the plan, and where each stands."""
        return [Judged(each, self._standing(each)) for each in self._shown() if self.year in {None, each.year}]

    def said(self, step: Step) -> Said | None:
        """What was stated of a step itself: of one that its entities do, nothing for the group."""
        return None if self.is_divided(step) else self.said_by(self.entity, step)

    def said_by(self, entity: str, step: Step) -> Said | None:
        return self.known.said.get((step.id, entity))

    def is_divided(self, step: Step) -> bool:
        """Whether a step stands as its entities do together."""
        return self.is_group and step.is_shared

    def holder(self, step: Step) -> str | None:
        """Whose postponement moves a step here: nobody's where each entity puts off its own share."""
        return None if self.is_divided(step) else self.entity

    def standing_of(self, entity: str, step: Step) -> Standing:
        return standing(step.due, self._progress(entity, step), self.on)

    def awaited(self, step: Step) -> list[str]:
        """Who stated nothing of a shared step that has begun."""
        if not step.is_shared or step.due.earliest > self.on:
            return []
        asked = self.expected if self.is_group else (self.entity,)
        return [each for each in asked if self.said_by(each, step) is None]

    def _standing(self, step: Step) -> Standing:
        if self.is_divided(step):
            return together(step.due, [self._progress(each, step) for each in self.expected], self.on)
        return self.standing_of(self.entity, step)

    def _progress(self, entity: str, step: Step) -> Progress:
        said = self.said_by(entity, step)
        return said.progress if said else UNSTATED

    def _own(self) -> Iterator[Step]:
        shares = self.entity in self.expected
        return (each for each in self.known.steps if self.is_group or (shares and each.is_shared))

    def _shown(self) -> Iterator[Step]:
        """A step that was withdrawn, or whose line is not in the plan that stands, is not."""
        lines = self.milestone_of()
        return (each for each in self._own() if not each.withdrawn and each.line in lines)

    def _lines(self) -> list[LineBody]:
        """Those of a milestone of the plan."""
        plan = self.known.plan
        return [each for one in plan.milestones for each in plan.lines if each.milestone == one.code] if plan else []
