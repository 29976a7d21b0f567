"""Reconciling what the entities pledge with what the group pledges: levels with levels, growths with growths."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.group.commitments import Judged, Word, commitments
from services.gateway.domain.group.sides import Span
from services.gateway.domain.group.wording import sentence
from services.gateway.domain.targets import Measure, Target

from .pledging import DELTA, LABELS, LAC, STUDENTS, committed, group_of, level, pledged


@pytest.mark.parametrize(
    ("target", "verdict", "gap"),
    [
        (level("120"), Word.SHORT, "10"),
        (level("100"), Word.BEYOND, "-10"),
        (level("110"), Word.EQUAL, "0"),
        (level("120", comparison="at_most"), Word.BEYOND, "10"),
        (level("100", comparison="at_most"), Word.SHORT, "-10"),
        (level("105", comparison="within", upper=Decimal(115)), Word.EQUAL, "-5"),
        (level("111", comparison="within", upper=Decimal(115)), Word.SHORT, "1"),
        (level("90", comparison="within", upper=Decimal(100)), Word.BEYOND, "-20"),
    ],
)
def test_a_level_is_compared_with_the_sum_of_levels(target: Target, verdict: Word, gap: str) -> None:
    found = pledged(group_of(target), LAC, DELTA)
    assert (found.verdict, found.judged_on, found.gap and found.gap.low) == (verdict, Judged.LEVEL, Decimal(gap))


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        (level("8", operand="growth_range", comparison="within", upper=Decimal(10)), Word.BEYOND),
        (level("20", operand="growth_range", comparison="within", upper=Decimal(25)), Word.EQUAL),
        (level("25", operand="growth"), Word.SHORT),
        (level(None, operand="baseline"), Word.BEYOND),
    ],
)
def test_a_growth_is_compared_with_a_growth(target: Target, verdict: Word) -> None:
    found = pledged(group_of(target), LAC, DELTA)
    assert (found.verdict, found.judged_on) == (verdict, Judged.CHANGE)


def test_the_same_growth_for_all_is_equal_whatever_the_divisions_round() -> None:
    grown = committed("lac", "7", level("10", operand="growth")), committed("delta", "3", level("10", operand="growth"))
    assert pledged(group_of(level("10", operand="growth"), baseline="29"), *grown).verdict is Word.EQUAL


def test_the_ledger_of_the_year_leads_to_the_groups_level() -> None:
    ledger = {2026: Decimal(-20), 2027: Decimal(-5)}
    found = pledged(replace(group_of(level("105")), ledger=ledger), LAC, DELTA)
    assert (found.verdict, found.adjustment, found.gap) == (Word.EQUAL, Decimal(-5), Span(Decimal(0), Decimal(0)))
    told = sentence(found, STUDENTS, LABELS).replace("\u00a0", " ")
    assert told.startswith("Engagements de 2 entités en 2027 : 110 étudiants (avec les ajustements, 105), à hauteur")


def test_a_growth_is_of_the_sum_as_it_stands() -> None:
    grown = replace(group_of(level("25", operand="growth")), ledger={2027: Decimal(-50)})
    found = pledged(grown, LAC, committed("delta", "20", level("30")))  # 80 → 100
    assert (found.verdict, found.adjustment) == (Word.EQUAL, Decimal(0))


def test_growths_become_levels_from_each_entitys_own_baseline() -> None:
    grown = (
        committed("lac", "60", level("10", operand="growth")),
        committed("delta", "30", level("20", operand="growth")),
    )
    found = pledged(group_of(level("100")), *grown)
    assert found.entities.level is not None
    assert found.entities.level.low == Decimal(102)  # 66 + 36


def test_an_intermediate_year_compares_the_points_of_the_paths() -> None:
    paths = {2025: Decimal(65)}, {2025: Decimal(34)}
    entities = (
        committed("lac", "60", level("70", trajectory=paths[0])),
        committed("delta", "30", level("40", trajectory=paths[1])),
    )
    found = pledged(group_of(level("120", trajectory={2025: Decimal(105)})), *entities, year=2025)
    assert (found.year, found.due_year, found.verdict) == (2025, 2027, Word.SHORT)
    assert found.entities.level is not None
    assert found.entities.level.low == Decimal(99)


def test_an_entity_that_the_indicator_does_not_concern_is_not_expected() -> None:
    found = pledged(group_of(level("70")), LAC, committed("delta", None, is_concerned=False))
    assert (found.verdict, found.completeness.expected) == (Word.EQUAL, 1)


def test_with_an_entity_missing_the_sum_is_partial_and_nothing_is_compared() -> None:
    found = pledged(group_of(level("70")), LAC, committed("delta", "30"))
    assert (found.verdict, found.gap, found.entities.change) == (Word.NOT_COMPARABLE, None, None)
    assert found.entities.level is not None
    told = sentence(found, STUDENTS, LABELS).replace("\u00a0", " ").replace("\u202f", " ")
    assert told == (
        "Engagements de 1 entité sur 2 (manque : École du Delta) en 2027 : 70 étudiants ; sans tous les niveaux, rien "
        "n’est comparé."
    )


@pytest.mark.parametrize("aggregation", ["declared", "ratio", "last"])
def test_what_cannot_be_added_is_not_compared(aggregation: str) -> None:
    found = pledged(group_of(level("120")), LAC, DELTA, aggregation=aggregation)
    assert (found.verdict, found.entities.level, found.completeness.received) == (Word.NOT_COMPARABLE, None, 2)


def test_a_rate_has_no_growth() -> None:
    rate = Measure(unit="%", decimals=0)
    found = pledged(group_of(level("33", measure=rate), baseline="18"), LAC, aggregation="declared")
    assert found.group.change is None


def test_where_the_group_pledges_nothing_the_entities_stand_alone() -> None:
    found = pledged(group_of(), LAC, DELTA)
    assert (found.verdict, found.group.level) == (Word.NOT_COMPARABLE, None)
    told = sentence(found, STUDENTS, LABELS)
    assert told.endswith("le groupe n’a pas de niveau auquel les comparer.")


def test_where_nobody_pledges_there_is_nothing() -> None:
    monitored = level(None, comparison="none", operand="none")
    assert commitments("sum", group_of(monitored), [committed("lac", "60")], 2022) is None


@pytest.mark.parametrize(("year", "due"), [(2022, 2027), (2027, 2027), (2028, 2030), (2031, 2030)])
def test_the_next_target_that_falls_due_is_read(year: int, due: int) -> None:
    assert pledged(group_of(level("120", due_year=2030), level("110")), LAC, year=year).due_year == due


def test_a_pledge_says_itself_in_the_terms_of_the_groups() -> None:
    growing = level("8", operand="growth_range", comparison="within", upper=Decimal(10))
    told = sentence(pledged(group_of(growing), LAC, DELTA), STUDENTS, LABELS)
    assert told.replace("\u00a0", " ").replace("\u202f", " ") == (
        "Engagements de 2 entités en 2027 : 110 étudiants, au-delà du groupe ; évolution de +22,2 %, contre +8,0 % à "
        "+10,0 % pour le groupe (108 à 110)."
    )


amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=3)


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=6), amounts, st.randoms())
def test_the_order_of_the_entities_does_not_change_what_is_said_of_their_pledges(
    pairs: list[tuple[Decimal, Decimal]], asked: Decimal, random: Random
) -> None:
    entities = [committed(f"e{place}", str(base), level(str(aim))) for place, (base, aim) in enumerate(pairs)]
    shuffled = list(entities)
    random.shuffle(shuffled)
    one, other = (pledged(group_of(level(str(asked))), *each) for each in (entities, shuffled))
    assert (one.verdict, one.gap, one.entities) == (other.verdict, other.gap, other.entities)
