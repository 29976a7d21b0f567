"""What holds of the milestones whatever was stated, on any day, for the group and for each entity."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.milestones.due import Due
from services.gateway.domain.milestones.progress import Progress, State
from services.gateway.milestone_facts import MilestoneFacts, Said, Step
from services.gateway.milestone_history import Recorded
from services.gateway.schemas.milestones import MilestonesView
from services.gateway.schemas.steps import StepView
from services.gateway.views.followed_milestones import followed_milestones
from services.gateway.views.milestones import milestones_view
from services.gateway.views.parts import Part
from shared.events.milestones import StepRecorded
from tests.milestone_facts import AT, GROUP, STEPS, contract, day, plan

ENTITIES = (GROUP, "nord", "sud")
YEARS = (None, 2021, 2022, 2023)
BODY = plan().definition
DEFINITION = contract().definition


def due_of(days: int) -> Due:
    """Thirty days from this many after the signature."""
    start = AT.date() + timedelta(days=days)
    return Due(start, start + timedelta(days=30), f"jour {days}")


def version_of(fact: StepRecorded, **changes: Any) -> Step:
    stated = {name: getattr(fact, name) for name in Step.__slots__} | changes
    return Step(**stated)


@st.composite
def steps(draw: st.DrawFn) -> list[list[Step]]:
    """Of each step one version or two: its scope, and perhaps another date, another title, or its withdrawal."""
    found = []
    for fact in STEPS:
        scope = draw(st.sampled_from(["group", "schools"]))
        first = version_of(fact, scope=scope, due=due_of(draw(st.integers(0, 900))), signed=draw(st.booleans()))
        again = {
            "due": draw(st.sampled_from([first.due, due_of(500)])),
            "title": draw(st.sampled_from([fact.title, "Autre"])),
            "withdrawn": draw(st.booleans()),
        }
        second = version_of(fact, scope=scope, signed=first.signed, version=2, recorded_at=day(50), **again)
        found.append([first, second] if draw(st.booleans()) else [first])
    return found


@st.composite
def recorded(draw: st.DrawFn) -> tuple[MilestoneFacts, Recorded]:
    versions = draw(steps())
    said: dict[str, list[Said]] = {}
    for step in (each[-1] for each in versions):
        speakers = draw(st.sets(st.sampled_from(ENTITIES)))
        said[step.id] = [_said(step.id, each, draw(st.sampled_from(State))) for each in sorted(speakers)]
    standing = MilestoneFacts(
        plan=BODY,
        steps=tuple(each[-1] for each in versions),
        said={(each.step, each.entity): each for several in said.values() for each in several},
    )
    return standing, Recorded({each[0].id: each for each in versions}, said, {})


def _said(step: str, entity: str, state: State) -> Said:
    postponed = due_of(700) if state is State.POSTPONED else None
    return Said(step, entity, Progress(state, due=postponed), (), None, None, day(100), "camille")


def shown(view: MilestonesView) -> list[StepView]:
    return [step for milestone in view.milestones for line in milestone.lines for step in line.steps]


def view_of(known: tuple[MilestoneFacts, Recorded], entity: str, on: date, year: int | None) -> MilestonesView:
    return milestones_view(Part(DEFINITION, known[0], entity, on, year), known[1], None, "")


days = st.integers(0, 1500).map(lambda number: AT.date() + timedelta(days=number))
each_case = given(recorded(), st.sampled_from(ENTITIES), days, st.sampled_from(YEARS))


@each_case
def test_every_step_that_is_shown_is_counted_once(
    known: tuple[MilestoneFacts, Recorded], entity: str, on: date, year: int | None
) -> None:
    view = view_of(known, entity, on, year)
    found = [each.situation for each in shown(view)]
    assert {name: number for name, number in view.summary.items() if number} == {
        name: found.count(name) for name in found
    }
    for name, number in view.summary.items():
        assert sum(each.summary[name] for each in view.milestones) == number
    assert view.at_risk == sum(each.lateness == "at_risk" for each in shown(view))
    assert len({each.id for each in shown(view)}) == len(found)


@each_case
def test_the_years_together_are_the_whole(
    known: tuple[MilestoneFacts, Recorded], entity: str, on: date, year: int | None
) -> None:
    whole, parts = view_of(known, entity, on, None), [view_of(known, entity, on, each) for each in YEARS[1:]]
    for name, number in whole.summary.items():
        assert sum(each.summary[name] for each in parts) == number
    for name in ("signed", "kept", "moved", "reworded", "added", "withdrawn"):
        assert sum(getattr(each.integrity, name) for each in parts) == getattr(whole.integrity, name)
    assert sum(len(each.missing) for each in parts) == len(whole.missing)
    assert [each.at for each in whole.integrity.changes] == sorted(each.at for each in whole.integrity.changes)


@each_case
def test_an_entity_s_steps_are_what_the_group_shows_of_it(
    known: tuple[MilestoneFacts, Recorded], entity: str, on: date, year: int | None
) -> None:
    group = {each.id: each for each in shown(view_of(known, GROUP, on, year))}
    for step in shown(view_of(known, "nord", on, year)):
        assert step.scope == "schools"
        (own,) = (each for each in group[step.id].by_entity if each.entity == "nord")
        assert own.model_dump(exclude={"entity", "label"}).items() <= step.model_dump().items()


@each_case
def test_a_signed_step_is_kept_or_says_why_not(
    known: tuple[MilestoneFacts, Recorded], entity: str, on: date, year: int | None
) -> None:
    found = view_of(known, entity, on, year).integrity
    broken = found.signed - found.kept
    assert max(found.moved, found.reworded, found.withdrawn) <= broken
    assert broken <= found.moved + found.reworded + found.withdrawn
    assert (broken == 0) or found.changes


@each_case
def test_the_follow_up_says_the_same_as_the_grid(
    known: tuple[MilestoneFacts, Recorded], entity: str, on: date, year: int | None
) -> None:
    grid = view_of(known, entity, on, year).milestones
    followed = followed_milestones(Part(DEFINITION, known[0], entity, on, year))
    assert [(each.code, each.summary) for each in followed] == [(each.code, each.summary) for each in grid]
    for each in followed:
        assert each.steps == sum(each.summary.values())
        assert len(each.late) == each.summary["late"]
