"""A sum of money read twice: in current euros and in constant ones, each with its change and its verdict."""

from dataclasses import dataclass, replace
from decimal import Decimal

from .judgement.case import Case
from .judgement.evaluation import evaluate
from .judgement.verdicts import Status, Verdict
from .targets import AsOf, Measure
from .typography import marked, percent, typeset
from .values import Change, change

CURRENT = "current-euros"
_CONSTANT = "constant-euros-"
_JUDGED = frozenset({Status.MET, Status.ON_TRACK, Status.WATCH, Status.BEHIND, Status.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The value and its change since the baseline in one kind of euros, and the target judged in them.

    `lacks` is the first year whose price index is needed and not known; then there is no value.
    """

    basis: str
    value: Decimal | None
    baseline: Decimal | None
    baseline_year: int | None
    change: Change
    verdict: Verdict
    lacks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Euros:
    """Both readings side by side; `disagree` with its sentence where their verdicts or their directions differ."""

    current: Reading
    constant: Reading
    disagree: bool
    sentence: str | None


def is_money(measure: Measure) -> bool:
    return "€" in measure.unit


def euros(case: Case) -> Euros:
    """The case of a target in whatever euros, read in both. Each keeps the target's own growth or level.

    Constant euros are those of the target's own year, or else of the price index's base year. A level printed beside
    a growth is in current euros: it judges the current reading alone.
    """
    current, constant = _reading(case, CURRENT), _reading(case, constant_basis(case))
    differ = _verdicts_differ(current, constant)
    opposite = _changes_oppose(current, constant)
    said = marked(_sentence(current, constant), case.is_simulated) if differ or opposite else None
    return Euros(current=current, constant=constant, disagree=differ or opposite, sentence=said)


def constant_basis(case: Case) -> str:
    own = case.target.constant_year
    index_year = case.deflator.base_year if case.deflator else case.target.reference_year
    return f"{_CONSTANT}{index_year if own is None else own}"


def _reading(case: Case, basis: str) -> Reading:
    read = replace(case, target=replace(case.target, basis=basis))
    start, lacks = read.start, read.unindexed
    value = read.value if lacks is None else None
    return Reading(
        basis=basis,
        value=value,
        baseline=read.way_start,
        baseline_year=start.year,
        change=change(read.way_start, value, read.target.measure.unit),
        verdict=evaluate(read.target, read.series, read.benchmark, read.deflator, AsOf(year=read.year, on=read.on)),
        lacks=lacks,
    )


def _verdicts_differ(current: Reading, constant: Reading) -> bool:
    """Only where both are judged: a missing price index is no disagreement."""
    statuses = {current.verdict.status, constant.verdict.status}
    return statuses <= _JUDGED and len(statuses) > 1


def _changes_oppose(current: Reading, constant: Reading) -> bool:
    changes = [each.change.absolute for each in (current, constant) if each.change.absolute is not None]
    return min(changes, default=Decimal(0)) < 0 < max(changes, default=Decimal(0))


def _sentence(current: Reading, constant: Reading) -> str:
    return typeset(f"{_changes(current, constant)}{_verdicts(current, constant)}.")


def _changes(current: Reading, constant: Reading) -> str:
    in_current, in_constant = current.change.relative, constant.change.relative
    if in_current is None or in_constant is None:
        return "Les deux lectures diffèrent : "
    year = constant.basis.removeprefix(_CONSTANT)
    since = f"depuis {current.baseline_year}"
    return f"{percent(in_current)} {since} en euros courants, {percent(in_constant)} en euros constants {year} : "


def _verdicts(current: Reading, constant: Reading) -> str:
    first, second = current.verdict.label, constant.verdict.label
    if first == second:
        return f"l’un croît, l’autre baisse ; le verdict est le même, « {first} »"
    return f"« {first} » en euros courants, « {second} » en euros constants"
