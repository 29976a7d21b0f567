"""The signs and words of a step: what it counts as, what was stated of it, and whether its date is in danger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.gateway.domain.milestones.progress import State
from services.gateway.domain.milestones.standing import LATENESS_LABELS, SITUATION_LABELS, Lateness, Situation
from services.gateway.schemas.steps import EntityStepView, StandingView, StepView

from . import french

_SEVERAL = {
    Situation.DONE: "réalisées",
    Situation.IN_PROGRESS: "en cours",
    Situation.LATE: "en retard",
    Situation.COMING: "à venir",
    Situation.POSTPONED: "reportées",
    Situation.ABANDONED: "abandonnées",
}
AT_RISK = Lateness.AT_RISK.value


@dataclass(frozen=True, slots=True)
class Mark:
    """A word, and the sign that tells it by its shape alone."""

    sign: str
    label: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many steps are in a situation, or at risk."""

    sign: str
    number: int
    words: tuple[str, str]

    @property
    def label(self) -> str:
        """As the number asks for."""
        return french.agreed(self.number, *self.words)

    @property
    def heading(self) -> str:
        return self.words[1].capitalize()


RISK = Mark(AT_RISK, LATENESS_LABELS[Lateness.AT_RISK])
UNSTATED = Mark("unstated", "rien n’en est dit")


def marks(view: StandingView) -> Sequence[Mark]:
    """What it counts as; then its state where that is late, or that nothing was stated; then the risk."""
    found = [_counted_as(view)]
    if not is_stated(view):
        found.append(UNSTATED)
    elif view.situation == Situation.LATE:
        found.append(_state(view))
    return [*found, RISK] if view.lateness == Lateness.AT_RISK else found


def is_stated(view: StandingView) -> bool:
    """Of a step that several do: by any of them."""
    return view.stated or any(each.stated for each in _below(view))


def _below(view: StandingView) -> Sequence[EntityStepView]:
    return view.by_entity if isinstance(view, StepView) else []


def counts(summary: Mapping[str, int]) -> list[Count]:
    """Every situation, those without a step too."""
    return [Count(each.value, summary[each.value], (SITUATION_LABELS[each], _SEVERAL[each])) for each in Situation]


def at_risk(number: int) -> Count:
    return Count(AT_RISK, number, (RISK.label, RISK.label))


def _counted_as(view: StandingView) -> Mark:
    if view.situation == Situation.LATE:
        return Mark(Situation.LATE.value, f"en retard de {french.days(view.days_late or 0)}")
    return _state(view)


def _state(view: StandingView) -> Mark:
    """With the share that an entity tells; that of several is told as their number."""
    sign = Situation.COMING.value if view.state == State.PLANNED else view.state
    told = f" ({french.share(view.share)})" if view.share and not _below(view) else ""
    return Mark(sign, view.state_label + told)
