"""What the projection's interval says of the level, and in which words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.outlook.effort import effort
from services.gateway.domain.outlook.projection import Unknown
from services.gateway.domain.outlook.prospects import Chance, projection, satisfies
from services.gateway.domain.targets import Measure, Target
from services.gateway.domain.values import Stated

from .outlook_cases import COUNTED, case_of, plain


@pytest.mark.parametrize(
    ("values", "level", "chance"),
    [
        (COUNTED, "13651", Chance.REACHES),  # the interval goes from 13 651 to 14 736
        (COUNTED, "13652", Chance.UNCERTAIN),
        (COUNTED, "14736", Chance.UNCERTAIN),
        (COUNTED, "14737", Chance.FALLS_SHORT),
    ],
)
def test_the_level_lies_below_within_or_above_the_interval(values: dict[int, str], level: str, chance: Chance) -> None:
    assert projection(case_of(values, 2020, value=level)).chance is chance


def test_a_range_that_the_interval_straddles_is_uncertain() -> None:
    both = Measure(unit="étudiants", decimals=0, direction="none")
    narrow = case_of(COUNTED, 2020, both, comparison="within", value="13700", upper="13800")
    assert projection(narrow).chance is Chance.UNCERTAIN
    beyond = case_of(COUNTED, 2020, both, comparison="within", value="15000", upper="15100")
    assert projection(beyond).chance is Chance.FALLS_SHORT


def test_a_projection_tells_its_interval_in_one_sentence() -> None:
    found = projection(case_of(COUNTED, 2020, value="14280"))
    assert found.sentence == (
        "Au rythme passé, 14\u202f194\u00a0étudiants en 2022, "
        "entre 13\u202f651 et 14\u202f736 huit fois sur dix\u00a0: "
        "une partie de l’intervalle seulement atteint le niveau demandé."
    )


def test_a_projection_that_cannot_be_says_why() -> None:
    short = projection(case_of({2019: "10", 2020: "12"}, 2020, value="20"))
    assert (short.unknown, short.forecast) == (Unknown.TOO_SHORT, None)
    said = "Historique insuffisant : il faut 4 valeurs de suite, de même méthode (connues : 2)."
    assert plain(short.sentence) == said
    assert projection(case_of({**COUNTED, 2022: "14000"}, 2022, value="1")).unknown is Unknown.YEAR_REACHED


def test_simulated_values_are_set_aside_and_said_to_be() -> None:
    mixed = projection(case_of({**COUNTED, 2021: "20000"}, 2021, value="14280", simulated=(2021,)))
    assert mixed.forecast == projection(case_of(COUNTED, 2020, value="14280")).forecast
    assert plain(mixed.sentence).endswith("Valeurs simulées laissées de côté : 2021.")
    invented = projection(case_of(COUNTED, 2020, value="14280", simulated=tuple(COUNTED)))
    assert invented.known.simulated
    assert invented.sentence.endswith("Sur des valeurs simulées.")


words = st.sampled_from(["at_least", "more_than", "at_most", "less_than", "within", "none", "nonsense"])
operands = st.sampled_from(["value", "baseline", "growth", "points", "growth_range", "benchmark", "none", "nonsense"])
figures = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=10)
stateds = st.builds(
    Stated, st.none() | figures, st.none() | st.just("not_applicable"), st.sampled_from([None, "simulated", "final"])
)


measures = st.builds(
    Measure, unit=st.sampled_from(["M€", "%"]), decimals=st.integers(0, 3), breaks=st.just(frozenset({2016})),
    direction=st.sampled_from(["up", "down", "none"]),
)  # fmt: skip
targets = st.builds(
    Target, measure=measures, comparison=words, operand=operands, due_year=st.just(2022), start_year=st.just(2018),
    reference_year=st.just(2017), value=st.none() | figures, upper=st.none() | figures, level=st.none() | figures,
    accumulation=st.sampled_from(["annual", "cumulative"]),
    basis=st.sampled_from(["", "current-euros", "constant-euros-2017"]),
)  # fmt: skip


@given(targets, st.dictionaries(st.integers(2014, 2024), stateds), st.integers(2010, 2030))
def test_anything_has_an_outlook(target: Target, series: dict[int, Stated], year: int) -> None:
    case = Case(target=target, series=series, benchmark={}, deflator=None, year=year, on=date(2023, 1, 1))
    found, needed = projection(case), effort(case)
    assert found.sentence
    assert (found.forecast is None) == (found.unknown is not None)
    assert needed is None or needed.sentence
    if found.chance is Chance.REACHES:
        assert found.forecast is not None
        assert satisfies(case, found.forecast.value)
