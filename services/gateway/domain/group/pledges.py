"""What an entity pledges for a year, as a level that can be added up; or why its target gives none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from services.gateway.domain.targets import Baseline, Target, baseline, from_baseline
from services.gateway.domain.values import Series, Stated

from .aggregation import NOT_APPLICABLE

_GROWTHS = frozenset({"growth", "growth_range"})
_FROM_BASELINE = _GROWTHS | {"points", "baseline"}
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
    """What the target pledges for the year: a point of its path, its level, its floor, or its baseline."""
    start = _start(target, series)
    if year < target.due_year and year in target.trajectory:
        return Pledge(target.trajectory[year], None, start.value, start.year)
    if year < target.due_year and not _holds_every_year(target):
        return Pledge(None, None, start.value, start.year, f"aucun point imprimé pour {year}")
    level = _level(target, start, target.value) if (printed := _printed(target)) is None else printed
    upper = _level(target, start, target.upper) if target.upper is not None else None
    return Pledge(level, upper, start.value, start.year, _note(target, level))


def _start(target: Target, series: Series) -> Baseline:
    """The target's baseline; the observed value of the reference year where it has none."""
    if target.baseline_kind == "none":
        return Baseline(target.reference_year, series.get(target.reference_year))
    return baseline(target, series)


def _holds_every_year(target: Target) -> bool:
    return target.operand == "baseline" or _is_floor(target)


def _is_floor(target: Target) -> bool:
    return target.operand == "value" and target.baseline_kind == "none" and not target.trajectory


def _printed(target: Target) -> Decimal | None:
    """The level printed beside a growth; beside one in constant euros it is in others, and is not read."""
    return target.level if target.constant_year is None else None


def _level(target: Target, start: Baseline, stated: Decimal | None) -> Decimal | None:
    """The level in the target's own euros, where one follows."""
    if target.operand == "value":
        return stated
    if target.operand not in _FROM_BASELINE or start.value is None or is_elsewhere(target, start):
        return None
    if target.operand in _GROWTHS and start.value == 0:
        return None
    return from_baseline(target.operand, start.value, stated or Decimal(0))


def is_elsewhere(target: Target, start: Baseline) -> bool:
    """Whether the baseline is in other euros than the target: an observed value of another year than theirs."""
    constant = target.constant_year
    return constant is not None and target.baseline_value is None and start.years not in {(constant,), ()}


def _note(target: Target, level: Decimal | None) -> str:
    if level is None:
        return _UNLEVELLED.get(target.operand, "référence inconnue")
    if target.operand == "baseline":
        word = "croissant" if target.comparison == "more_than" else "stable ou croissant"
        return f"« {word} », compté pour sa référence"
    if target.operand in _GROWTHS:
        return "évolution appliquée à sa propre référence"
    return "plancher, compté pour sa borne" if _is_floor(target) else ""
