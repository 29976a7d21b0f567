"""A hand-written truth table: what a contract asks, then one line a case, every expectation written out.

A line reads: year, stated, status, rule, absolute margin, relative margin, required, tolerated, comment after `#`.

- year: `2024`, `2024@2024-10-01` (judged on that day; else on 30 June of the next year), `final:2024` (the objective).
- stated: a value, a reason for its absence or `-` for nothing, in the year judged; other years by name: `2027=16450`.
- expectations: `none` for None, `?` where the rules leave it open, `~0.33` once rounded so; the last may be left out.
"""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from services.gateway.domain.judgement.evaluation import evaluate, evaluate_final
from services.gateway.domain.judgement.verdicts import Verdict
from services.gateway.domain.targets import AsOf, Deflator, Measure, Target
from services.gateway.domain.values import Stated

COLUMNS = ("status", "rule", "absolute", "relative", "required", "tolerated")
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a verdict depends on, in the order in which `evaluate` takes it."""

    target: Target
    series: dict[int, Stated]
    benchmark: dict[int, Decimal]
    deflator: Deflator | None
    as_of: AsOf

    def evaluated(self) -> Verdict:
        return evaluate(self.target, self.series, self.benchmark, self.deflator, self.as_of)

    def evaluated_finally(self) -> Verdict:
        return evaluate_final(self.target, self.series, self.benchmark, self.deflator, self.as_of)


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    facts: Facts
    final: bool
    expected: dict[str, str]

    def verdict(self) -> Verdict:
        return self.facts.evaluated_finally() if self.final else self.facts.evaluated()

    def said(self) -> dict[str, str]:
        """What the verdict says, written as the expectations are, and only what they speak of."""
        verdict = self.verdict()
        margin, operands = verdict.margin, verdict.operands
        numbers = (margin.absolute, margin.relative, operands.required, operands.tolerated)
        words = [str(verdict.status), str(verdict.rule)]
        words += [
            _written(number, self.expected.get(name, "?")) for name, number in zip(COLUMNS[2:], numbers, strict=True)
        ]
        return {name: word for name, word in zip(COLUMNS, words, strict=True) if name in self.expected}


@dataclass(frozen=True, slots=True)
class Given:
    """What a contract asks, in its own words and in a target's, and what is known whatever the case.

    `measure` is « unit decimals direction »; `asks` is « comparison operand value upper »; `baseline` is « none »,
    years (a mean where there are several), or « 2022 = 9.5 » where it is adjusted; mappings are « 2022=1 2024=2 ».
    """

    words: str
    measure: str
    asks: str
    rows: str
    _: KW_ONLY
    known: str = ""
    due: int = 2027
    start: int = 2023
    reference: int = 2022
    points: str = ""
    baseline: str = ""
    level: str = ""
    tolerance: str = ""
    basis: str = ""
    cumulative: bool = False
    breaks: str = ""
    benchmark: str = ""
    index: str = ""
    index_base: int = 2022

    def target(self) -> Target:
        comparison, operand, *ends = self.asks.split()
        value, upper = (*ends, "", "")[:2]
        stated = Target(
            measure=self._measured(), comparison=comparison, operand=operand, due_year=self.due, start_year=self.start,
            reference_year=self.reference, value=_decimal(value), upper=_decimal(upper), level=_decimal(self.level),
            tolerance=_decimal(self.tolerance), basis=self.basis, trajectory=decimals(self.points),
            accumulation="cumulative" if self.cumulative else "annual",
        )  # fmt: skip
        return self._with_baseline(stated)

    def _measured(self) -> Measure:
        unit, printed, direction = self.measure.split()
        breaks = frozenset(int(year) for year in self.breaks.split())
        return Measure(unit=unit, decimals=int(printed), direction=direction, breaks=breaks)

    def _with_baseline(self, target: Target) -> Target:
        if self.baseline == "none":
            return replace(target, baseline_kind="none")
        named, _, adjusted = self.baseline.partition("=")
        years = tuple(int(year) for year in named.split())
        kind = "adjusted" if adjusted else "mean" if len(years) > 1 else "year"
        return replace(target, baseline_kind=kind, baseline_years=years, baseline_value=_decimal(adjusted.strip()))

    def cases(self) -> Iterator[Case]:
        for line in self.rows.splitlines():
            if row := line.partition("#")[0].split():
                yield self._case(*row)

    def _case(self, when: str, stated: str, *expected: str) -> Case:
        moment, _, day = when.removeprefix("final:").partition("@")
        year = int(moment)
        on = date.fromisoformat(day) if day else date(year + 1, 6, 30)
        index = decimals(self.index)
        deflator = Deflator(base_year=self.index_base, index=index, code="ipc", version="1") if index else None
        facts = Facts(
            target=self.target(), series=_series(self.known, year) | _series(stated.replace(",", " "), year),
            benchmark=decimals(self.benchmark), deflator=deflator, as_of=AsOf(year=year, on=on),
        )  # fmt: skip
        wanted = {name: word for name, word in zip(COLUMNS, expected, strict=False) if word != "?"}
        return Case(f"{self.words} · {when} {stated}", facts, when.startswith("final:"), wanted)


def decimals(text: str) -> dict[int, Decimal]:
    """`2022=100 2024=107` as a mapping."""
    return {int(year): Decimal(value) for year, _, value in (item.partition("=") for item in text.split())}


def _series(text: str, judged: int) -> dict[int, Stated]:
    items = [item if "=" in item else f"{judged}={item}" for item in text.split()]
    return {int(year): _stated(word) for year, _, word in (item.partition("=") for item in items) if word != "-"}


def _stated(word: str) -> Stated:
    if word.lstrip("-").replace(".", "").isdigit():
        return Stated(Decimal(word), None, "definitive")
    return Stated(None, word, "definitive")


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _written(number: Decimal | None, like: str) -> str:
    if number is None or not like.lstrip("~-").replace(".", "").isdigit():
        return "none" if number is None else format(number, "f")
    if like.startswith("~"):
        return "~" + format(number.quantize(Decimal(like[1:]), context=_WIDE), "f")
    return like if number == Decimal(like) else format(number, "f")
