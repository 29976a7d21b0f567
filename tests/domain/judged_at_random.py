"""Targets and series at random: any that the types admit, and ordinary ones."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from services.gateway.domain.targets import AsOf, Deflator, Measure, Target
from services.gateway.domain.values import Stated

from .judging import Facts

COMPARISONS = ["at_least", "more_than", "at_most", "less_than", "within", "none"]
OPERANDS = ["value", "baseline", "growth", "points", "growth_range", "benchmark", "none"]
ABSENCES = ["not_yet_due", "late", "not_applicable", "confidential", "not_measured", "refused", "perdu", ""]
BASES = ["", "current-euros", "constant-euros-2022", "constant-euros-2024", "constant-euros-", "constant-euros-0"]
FEW = 4

extreme = st.sampled_from(["99999999999999999999.9999999999", "0.0000000001", "0", "-0", "1E+20", "-100"])
wild = (
    st.integers(-30, 30).map(Decimal)
    | st.decimals(-(10**20), 10**20, places=10, allow_nan=False, allow_infinity=False)
    | extreme.map(Decimal)
    | extreme.map(lambda text: Decimal(text).copy_negate())
)
mild = st.integers(-40, 40).map(lambda tenths: Decimal(tenths) / 10) | st.integers(-30, 200).map(Decimal)
near = st.integers(2018, 2030)
any_year = near | st.sampled_from([-753, -52, 0, 1, 9999, 10_000, 12_000])
units = st.sampled_from(["%", "M€", "élèves", "k€/élève", ""])
directions = st.sampled_from(["up", "down", "none"])

any_measure = st.builds(
    Measure, unit=units, decimals=st.integers(0, 10), direction=directions | st.just("de travers"),
    breaks=st.frozensets(any_year, max_size=2),
)  # fmt: skip
any_target = st.builds(
    Target, measure=any_measure,
    comparison=st.sampled_from([*COMPARISONS, "environ", ""]), operand=st.sampled_from([*OPERANDS, "doublement", ""]),
    due_year=any_year, start_year=any_year, reference_year=any_year, value=st.none() | wild, upper=st.none() | wild,
    level=st.none() | wild, basis=st.sampled_from([*BASES, "constant-euros-²", "francs"]),
    accumulation=st.sampled_from(["annual", "cumulative", "parfois"]),
    baseline_kind=st.sampled_from(["year", "mean", "adjusted", "none", "jadis"]),
    baseline_years=st.lists(any_year, max_size=3).map(tuple), baseline_value=st.none() | wild,
    tolerance=st.none() | wild, trajectory=st.dictionaries(any_year, wild, max_size=FEW),
)  # fmt: skip
any_stated = st.builds(
    Stated, st.none() | wild, st.none() | st.sampled_from(ABSENCES), st.none() | st.just("simulated")
)
any_deflator = st.builds(Deflator, base_year=any_year, index=st.dictionaries(any_year, wild))
any_facts = st.builds(
    Facts, target=any_target, series=st.dictionaries(any_year, any_stated), benchmark=st.dictionaries(any_year, wild),
    deflator=st.none() | any_deflator, as_of=st.builds(AsOf, year=any_year, on=st.dates()),
)  # fmt: skip

targets = st.builds(
    Target, measure=st.builds(
        Measure, unit=units, decimals=st.integers(3, 6), direction=directions,
        breaks=st.frozensets(near, max_size=1),
    ),
    comparison=st.sampled_from(COMPARISONS[:-1]), operand=st.sampled_from(OPERANDS[:-1]),
    due_year=st.integers(2024, 2027), start_year=st.just(2023), reference_year=st.just(2022),
    value=mild, upper=st.none() | mild, level=st.none() | mild, basis=st.sampled_from(BASES[:4]),
    accumulation=st.sampled_from(["annual", "annual", "cumulative"]),
    baseline_kind=st.sampled_from(["year", "year", "adjusted", "none"]),
    baseline_years=st.sampled_from([(), (2021,), (2022,), (2021, 2022)]), baseline_value=st.none() | mild,
    tolerance=st.none() | st.integers(0, 9).map(Decimal),
    trajectory=st.dictionaries(st.integers(2023, 2026), mild, max_size=2),
)  # fmt: skip
YEARS = range(2021, 2030)
every_year = st.fixed_dictionaries(dict.fromkeys(YEARS, mild))
stated_every_year = every_year.map(lambda values: {year: Stated(value) for year, value in values.items()})
prices = st.fixed_dictionaries({year: st.integers(80, 130).map(Decimal) for year in YEARS})
facts = st.builds(
    Facts, target=targets, series=stated_every_year, benchmark=every_year,
    deflator=st.builds(Deflator, base_year=st.just(2022), index=prices),
    as_of=st.builds(AsOf, year=st.integers(2022, 2029), on=st.just(date(2030, 1, 1))),
)  # fmt: skip
