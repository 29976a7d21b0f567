"""What an entity pledges for a year, as a level that can be added up; or why its target gives none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.judgement.requirement import Bound, Required, required
from services.gateway.domain.judgement.verdicts import Rule
from services.gateway.domain.targets import Baseline, Deflator, Target
from services.gateway.domain.values import Series, Stated

from .aggregation import NOT_APPLICABLE

_GROWTHS = frozenset({"growth", "growth_range"})
_WITHOUT_A_LINE = frozenset({Rule.OBJECTIVE, Rule.EVERY_YEAR})
_UNIT = Decimal(100)
NO_TARGET = "aucune cible"
_UNLEVELLED = {"benchmark": "série extérieure, sans niveau", "value": "cible sans niveau", "none": "cible sans niveau"}


@dataclass(frozen=True, slots=True)
class Pledge:
    """`level` and `upper` are both ends of what is pledged; `note` says how it is counted, or why it is not.

    `baseline` is where its change starts from, `baseline_year` the (last) year of it.
    """

    level: Decimal | None = None
    upper: Decimal | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """An entity, or the group, with its targets of one indicator and its observed values.

    `ledger` is what the contract itself adds, by year, to the Σ that is set against the group's levels.
    """

    entity: str
    targets: Sequence[Target]
    series: Series = field(default_factory=dict)
    is_concerned: bool = True
    ledger: Mapping[int, Decimal] = field(default_factory=dict)


def is_concerned(stated: Mapping[int, Stated]) -> bool:
    """An entity whose last word is « not applicable » is not."""
    return not stated or stated[max(stated)].absence != NOT_APPLICABLE


def chosen(targets: Sequence[Target], year: int) -> Target | None:
    """The first target that falls due in the year or after; else the last one. Monitoring is no target."""
    due = sorted((each for each in targets if each.comparison != "none"), key=lambda each: each.due_year)
    return next((each for each in due if each.due_year >= year), due[-1] if due else None)


def stage(target: Target, year: int) -> int:
    """The year that the commitment is read for: the year asked where the path has a point of it, else the due year."""
    return year if year in target.trajectory and year < target.due_year else target.due_year


def alike(target: Target, other: Target) -> bool:
    """Whether two targets may stand in one sum: due together, in the same euros, both yearly or both cumulated."""
    return _place(target) == _place(other)


def _place(target: Target) -> tuple[int, int | None, str]:
    return target.due_year, target.constant_year, target.accumulation


def pledge_like(committed: Committed, model: Target, year: int) -> Pledge:
    """What the entity pledges for the year, by its target that stands like the model."""
    stated = [each for each in committed.targets if each.comparison != "none"]
    target = next((each for each in stated if alike(each, model)), None)
    if target is None:
        return Pledge(note="échéance ou base autre que celles du groupe" if stated else NO_TARGET)
    return pledge(target, committed.series, year)


def pledge(target: Target, series: Series, year: int) -> Pledge:
    """What the target pledges for the year: a point of its path, its level when due, or one that each year is held to.

    Nobody pledged the place on a straight line between them.
    """
    case = case_of(target, series, year)
    start = _start(case)
    if year < target.due_year and year in target.trajectory:
        return Pledge(target.trajectory[year], None, start.value, start.year)
    level = _level(case, Bound(target.comparison, target.value, target.trajectory, _printed(target)))
    upper = _level(case, Bound("at_most", target.upper, {})) if target.upper is not None else None
    return Pledge(level, upper, start.value, start.year, _note(target, level, year))


def case_of(target: Target, series: Series, year: int) -> Case:
    """A target as it is judged, save that a pledge outlives the method of measuring, and that no price index is known.

    An observed baseline is in the target's euros where it is of the very year that they are constant in.
    """
    measure, constant = replace(target.measure, breaks=frozenset()), target.constant_year
    return Case(
        target=replace(target, measure=measure),
        series={each: Stated(value) for each, value in series.items()},
        benchmark={},
        deflator=None if constant is None else Deflator(base_year=constant, index={constant: _UNIT}),
        year=year,
        on=date.min,
    )


def _start(case: Case) -> Baseline:
    """The target's baseline; the observed value of the reference year where it has none."""
    if case.target.baseline_kind != "none":
        return case.start
    year = case.target.reference_year
    return Baseline(year, case.in_basis(case.series.get(year, Stated()).value, year))


def _level(case: Case, bound: Bound) -> Decimal | None:
    asked = required(case, bound)
    return asked.level if isinstance(asked, Required) and asked.rule in _WITHOUT_A_LINE else None


def _printed(target: Target) -> Decimal | None:
    """The level printed beside a growth; beside one in constant euros it is in others, and is not read."""
    return target.level if target.constant_year is None else None


def _note(target: Target, level: Decimal | None, year: int) -> str:
    if level is None:
        early = year < target.due_year
        return f"aucun point imprimé pour {year}" if early else _UNLEVELLED.get(target.operand, "référence inconnue")
    if target.operand == "baseline":
        word = "croissant" if target.comparison == "more_than" else "stable ou croissant"
        return f"« {word} », compté pour sa référence"
    if target.operand in _GROWTHS:
        return "évolution appliquée à sa propre référence"
    return _held_note(target, year)


def _held_note(target: Target, year: int) -> str:
    """Of a plain level: that it is a floor, or that it is held before it is due."""
    if target.operand == "value" and target.baseline_kind == "none" and not target.trajectory:
        return "plancher, compté pour sa borne"
    return "déjà atteint à sa référence, compté dès maintenant" if year < target.due_year else ""
