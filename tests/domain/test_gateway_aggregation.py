"""The group's value beside what its entities give together: who is in, who is missing, and what is simulated."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from services.gateway.domain.group.aggregation import (
    ByYear,
    Completeness,
    GroupValue,
    Reported,
    group_value_in,
    last_known,
)
from services.gateway.domain.values import Stated

from .reporting import group_value

LAC, DELTA = Stated(Decimal(160)), Stated(Decimal("240.5"))
LATE, NOT_CONCERNED, NOTHING = Stated(absence="late"), Stated(absence="not_applicable"), Stated()


def real(value: str) -> Stated:
    return Stated(Decimal(value), None, "definitive")


def simulated(value: str) -> Stated:
    return Stated(Decimal(value), None, "simulated")


def in_2025(aggregation: str, entities: Mapping[str, ByYear], group: ByYear | None = None) -> GroupValue:
    return group_value_in(Reported(aggregation=aggregation, unit="", group=group or {}, entities=entities), 2025)


def ratio_in_2025(
    parts: Mapping[str, tuple[Stated, Stated]], unit: str = "%", declared: Stated = NOTHING
) -> GroupValue:
    reported = Reported(
        aggregation="ratio",
        unit=unit,
        group={2025: declared},
        entities={entity: {} for entity in parts},
        numerators={entity: {2025: numerator} for entity, (numerator, _) in parts.items()},
        denominators={entity: {2025: denominator} for entity, (_, denominator) in parts.items()},
    )
    return group_value_in(reported, 2025)


@pytest.mark.parametrize(
    ("by_entity", "computed", "gap", "expected", "missing"),
    [
        ({"lac": LAC, "delta": DELTA}, "400.5", "-0.5", 2, ()),
        ({"lac": LAC, "delta": LATE}, "160", None, 2, ("delta",)),
        ({"lac": LAC, "delta": NOTHING}, "160", None, 2, ("delta",)),
        ({"lac": LAC, "delta": NOT_CONCERNED}, "160", "240", 1, ()),
        ({"lac": LATE, "delta": NOTHING}, None, None, 2, ("lac", "delta")),
        ({"lac": NOT_CONCERNED, "delta": NOT_CONCERNED}, None, None, 0, ()),
        ({"lac": Stated(Decimal(0)), "delta": Stated(Decimal(0))}, "0", "400", 2, ()),
        ({}, None, None, 0, ()),
    ],
)
def test_a_sum_has_a_gap_only_where_every_entity_expected_is_in(
    by_entity: dict[str, Stated], computed: str | None, gap: str | None, expected: int, missing: tuple[str, ...]
) -> None:
    found = group_value("sum", Decimal(400), by_entity)
    assert found.computed == found.sum == (Decimal(computed) if computed else None)
    assert found.gap == (Decimal(gap) if gap else None)
    assert found.completeness == Completeness(expected, expected - len(missing), missing)
    assert found.declared == Decimal(400)


@pytest.mark.parametrize("aggregation", ["declared", "last", "other"])
def test_what_is_measured_by_the_group_alone_is_not_added_up(aggregation: str) -> None:
    found = in_2025(aggregation, {"lac": {2025: LAC}, "delta": {2025: DELTA}})
    assert (found.sum, found.computed, found.gap) == (None, None, None)
    assert found.completeness == Completeness(2, 2, ())


def test_what_entities_share_is_added_up_without_being_the_groups_value() -> None:
    found = group_value("distinct", Decimal(390), {"lac": LAC, "delta": DELTA})
    assert (found.sum, found.computed, found.gap) == (Decimal("400.5"), None, None)


def test_where_the_group_declares_nothing_there_is_a_sum_and_no_gap() -> None:
    found = group_value("sum", None, {"lac": LAC, "delta": DELTA})
    assert (found.declared, found.computed, found.gap) == (None, Decimal("400.5"), None)


def test_a_ratio_is_that_of_the_sums_and_never_an_average() -> None:
    parts = {"lac": (real("10"), real("20")), "delta": (real("10"), real("80"))}  # 50 % and 12,5 %: 31,25 on average
    found = ratio_in_2025(parts, declared=real("21"))
    assert (found.computed, found.gap, found.sum) == (Decimal(20), Decimal(1), None)  # 20 of 100


def test_a_ratio_is_in_percent_only_where_its_unit_is() -> None:
    parts = {"lac": (real("9"), real("2"))}
    assert ratio_in_2025(parts, unit="publications/ETP").computed == Decimal("4.5")


@pytest.mark.parametrize("half", [(real("10"), NOTHING), (LATE, real("20")), (real("10"), simulated("20"))])
def test_an_entity_with_half_a_ratio_is_missing_from_both_sums(half: tuple[Stated, Stated]) -> None:
    found = ratio_in_2025({"lac": half, "delta": (real("10"), real("80"))})
    assert (found.computed, found.completeness) == (Decimal("12.5"), Completeness(2, 1, ("lac",)))


def test_an_entity_that_a_part_of_the_ratio_does_not_concern_is_not_expected() -> None:
    found = ratio_in_2025({"lac": (real("1"), NOT_CONCERNED), "delta": (real("10"), real("80"))})
    assert (found.computed, found.completeness) == (Decimal("12.5"), Completeness(1, 1))


def test_nothing_is_divided_by_zero() -> None:
    assert ratio_in_2025({"lac": (real("1"), real("0"))}).computed is None


def test_cumulated_values_add_up_across_entities_and_never_across_years() -> None:
    entities = {"lac": {2024: real("3"), 2025: real("5")}, "delta": {2023: real("2"), 2024: real("7")}}
    found = in_2025("cumulative", entities, {2025: real("13")})
    assert (found.sum, found.computed, found.gap) == (Decimal(12), Decimal(12), Decimal(1))  # 5 of 2025 + 7 of 2024
    assert {entity: part.year for entity, part in found.parts.items()} == {"lac": 2025, "delta": 2024}


def test_a_cumulated_value_of_a_later_year_is_not_known_yet() -> None:
    found = in_2025("cumulative", {"lac": {2026: real("9")}})
    assert (found.sum, found.completeness.missing) == (None, ("lac",))


def test_the_last_known_value_stands_with_its_year() -> None:
    found = in_2025("last", {}, {2022: real("30"), 2023: real("32"), 2026: real("40")})
    assert (found.declared, found.computed, found.year, found.gap) == (None, Decimal(32), 2023, None)


@pytest.mark.parametrize(
    ("series", "year", "value"),
    [
        ({2023: real("1"), 2025: LATE}, 2023, "1"),
        ({2023: real("1"), 2025: NOT_CONCERNED}, 2025, None),
        ({2025: LATE}, 2025, None),
        ({}, 2025, None),
    ],
)
def test_an_absence_gives_way_to_the_last_value_unless_nothing_is_asked(
    series: ByYear, year: int, value: str | None
) -> None:
    found_year, found = last_known(series, 2025)
    assert (found_year, found.value) == (year, Decimal(value) if value else None)


def test_a_simulated_value_is_missing_beside_real_ones() -> None:
    found = in_2025("sum", {"lac": {2025: real("1")}, "delta": {2025: simulated("2")}}, {2025: real("3")})
    assert (found.sum, found.gap, found.simulated) == (Decimal(1), None, False)
    assert found.completeness == Completeness(2, 1, ("delta",))


def test_simulated_values_alone_give_a_simulated_one() -> None:
    entities = {"lac": {2025: simulated("1")}, "delta": {2025: simulated("2")}}
    found = in_2025("sum", entities, {2025: simulated("4")})
    assert (found.sum, found.gap, found.simulated) == (Decimal(3), Decimal(1), True)


@pytest.mark.parametrize(("declared", "part"), [(real("4"), simulated("3")), (simulated("4"), real("3"))])
def test_a_real_value_is_not_set_against_a_simulated_one(declared: Stated, part: Stated) -> None:
    found = in_2025("sum", {"lac": {2025: part}}, {2025: declared})
    assert (found.declared, found.sum, found.gap, found.simulated) == (Decimal(4), Decimal(3), None, True)


@pytest.mark.parametrize("aggregation", ["sum", "distinct", "cumulative"])
def test_a_sum_is_provisional_as_soon_as_a_part_is(aggregation: str) -> None:
    provisional = Stated(Decimal(2), None, "provisional")
    assert in_2025(aggregation, {"lac": {2025: real("1")}, "delta": {2025: provisional}}).provisional
    assert not in_2025(aggregation, {"lac": {2025: real("1")}}).provisional


@pytest.mark.parametrize(
    ("completeness", "whole"),
    [(Completeness(2, 2), True), (Completeness(2, 1, ("lac",)), False), (Completeness(0, 0), False)],
)
def test_nobody_expected_is_not_everybody_in(completeness: Completeness, *, whole: bool) -> None:
    assert completeness.whole is whole
