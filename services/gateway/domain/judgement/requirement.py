"""What a target asks for in a year: a level, a point of its trajectory, a place on the straight line, or what lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.gateway.domain.targets import Target, from_baseline
from services.gateway.domain.values import WIDE

from .case import Case
from .verdicts import Rule

RANGE = "within"
FLOORS = frozenset({"at_least", "more_than"})
CEILINGS = frozenset({"at_most", "less_than"})
_GROWTHS = frozenset({"growth", "growth_range"})
_NEED_BASELINE = _GROWTHS | {"points", "baseline"}
_EVERY_YEAR = frozenset({"benchmark", "baseline"})
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of what is asked: how it compares, what the target states of it, and the points of its path."""

    comparison: str
    stated: Decimal | None
    points: Mapping[int, Decimal]
    printed: Decimal | None = None

    def admits(self, value: Decimal, level: Decimal) -> bool:
        return value >= level if self.comparison in FLOORS else value <= level


def bounds_of(target: Target) -> tuple[Bound, ...]:
    """The ends of what is asked, the one that the wanted direction looks at first; none for an unknown comparison."""
    printed = None if target.constant_year is not None else target.level
    if target.comparison != RANGE:
        known = target.comparison in FLOORS | CEILINGS
        return (Bound(target.comparison, target.value, target.trajectory, printed),) if known else ()
    if target.measure.direction == "down":
        return (Bound("at_most", target.upper, target.trajectory), Bound("at_least", target.value, {}, printed))
    return (Bound("at_least", target.value, target.trajectory, printed), Bound("at_most", target.upper, {}))


@dataclass(frozen=True, slots=True)
class Required:
    """What is asked in the year, and by which rule; `since` and `until` are the ends of a straight line."""

    level: Decimal
    rule: Rule
    since: tuple[int, Decimal] | None = None
    until: tuple[int, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """Why nothing can be asked, and the year that what lacks belongs to."""

    rule: Rule
    year: int | None = None


def required(case: Case, bound: Bound) -> Required | Lack:
    """What the bound asks for in the year of the case."""
    point = bound.points.get(case.year)
    if point is not None and not case.is_due:
        return Required(point, Rule.TRAJECTORY_POINT)
    level = final_level(case, bound)
    if isinstance(level, Lack):
        return level
    if case.is_due:
        return Required(level, Rule.OBJECTIVE)
    if _holds_every_year(case, bound, level):
        return Required(level, Rule.EVERY_YEAR)
    return _on_the_line(case, bound, level)


def finally_required(case: Case, bound: Bound) -> Required | Lack:
    """What the bound asks for in the due year; what a benchmark will be by then, nobody knows."""
    if case.target.operand == "benchmark":
        return Lack(Rule.NO_BENCHMARK, case.target.due_year)
    level = final_level(case, bound)
    return level if isinstance(level, Lack) else Required(level, Rule.DISTANT)


def final_levels(case: Case) -> tuple[Decimal, ...]:
    """The level in the due year, or both ends of a range, lower first; none where one of them is lacking."""
    found = [final_level(case, bound) for bound in bounds_of(case.target)]
    levels = sorted(each for each in found if isinstance(each, Decimal))
    return tuple(levels) if len(levels) == len(found) else ()


def final_level(case: Case, bound: Bound) -> Decimal | Lack:
    """The level in the due year, in the target's euros."""
    operand = case.target.operand
    if operand in _NEED_BASELINE and case.broken is not None:
        return Lack(Rule.METHOD_BREAK, case.broken)
    if bound.printed is not None:
        return bound.printed
    if operand == "benchmark":
        return case.benchmark.get(case.year, Lack(Rule.NO_BENCHMARK, case.year))
    if operand == "value":
        return bound.stated if bound.stated is not None else Lack(Rule.NO_LEVEL)
    return _moved(case, bound) if operand in _NEED_BASELINE else Lack(Rule.NO_LEVEL)


def _moved(case: Case, bound: Bound) -> Decimal | Lack:
    """The baseline, moved as the operand says; nothing grows from zero."""
    operand, start = case.target.operand, case.start.value
    if start is None or (operand in _GROWTHS and start == 0):
        return Lack(Rule.NO_BASELINE, case.start.year)
    stated = _ZERO if operand == "baseline" else bound.stated
    level = from_baseline(operand, start, stated) if stated is not None else None
    return Lack(Rule.NO_LEVEL) if level is None else level


def _holds_every_year(case: Case, bound: Bound, level: Decimal) -> bool:
    """A benchmark, « stable », a floor or a ceiling: nothing to climb, so that each year is held to it."""
    if case.target.operand in _EVERY_YEAR:
        return True
    if bound.points or case.target.is_cumulative:
        return False
    if case.target.baseline_kind == "none":
        return True
    ends: list[tuple[Bound, Decimal | Lack]] = [(bound, level)]
    if case.target.comparison == RANGE:
        ends = [(each, final_level(case, each)) for each in bounds_of(case.target)]
    return all(_starts_within(case, *end) for end in ends)


def _starts_within(case: Case, bound: Bound, level: Decimal | Lack) -> bool:
    start = case.start.value
    return start is not None and isinstance(level, Decimal) and bound.admits(start, level)


def _on_the_line(case: Case, bound: Bound, level: Decimal) -> Required | Lack:
    """The place on the straight line between the nodes of the path around the year."""
    nodes = {**bound.points, case.target.due_year: level}
    start = case.way_start
    if start is not None and case.origin <= case.year and case.origin not in nodes:
        nodes[case.origin] = start
    before = max((year for year in nodes if year <= case.year), default=None)
    if before is None:
        return Lack(Rule.NO_BASELINE, case.start.year)
    if before == case.origin and case.broken is not None:
        return Lack(Rule.METHOD_BREAK, case.broken)
    after = min(year for year in nodes if year > case.year)
    return _between((before, nodes[before]), (after, nodes[after]), case.year)


def _between(since: tuple[int, Decimal], until: tuple[int, Decimal], year: int) -> Required:
    rise = WIDE.multiply(WIDE.subtract(until[1], since[1]), Decimal(year - since[0]))
    level = WIDE.add(since[1], WIDE.divide(rise, Decimal(until[0] - since[0])))
    return Required(level, Rule.STRAIGHT_LINE, since, until)
