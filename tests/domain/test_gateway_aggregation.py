"""The group's value beside the sum of its entities: who is in, who is missing, and the gap."""

from decimal import Decimal

import pytest

from services.gateway.domain.aggregation import Completeness, Stated, group_value

LAC, DELTA = Stated(Decimal(160)), Stated(Decimal("240.5"))
LATE, NOT_CONCERNED, NOTHING = Stated(absence="late"), Stated(absence="not_applicable"), Stated()


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
    assert found.computed == (Decimal(computed) if computed else None)
    assert found.gap == (Decimal(gap) if gap else None)
    assert found.completeness == Completeness(expected, expected - len(missing), missing)
    assert found.declared == Decimal(400)


@pytest.mark.parametrize("aggregation", ["declared", "ratio", "distinct", "last", "cumulative", "other"])
def test_only_a_sum_is_added_up(aggregation: str) -> None:
    found = group_value(aggregation, Decimal(400), {"lac": LAC, "delta": DELTA})
    assert (found.computed, found.gap) == (None, None)
    assert found.completeness == Completeness(2, 2, ())


def test_where_the_group_declares_nothing_there_is_a_sum_and_no_gap() -> None:
    found = group_value("sum", None, {"lac": LAC, "delta": DELTA})
    assert (found.declared, found.computed, found.gap) == (None, Decimal("400.5"), None)


@pytest.mark.parametrize(
    ("completeness", "whole"),
    [(Completeness(2, 2), True), (Completeness(2, 1, ("lac",)), False), (Completeness(0, 0), False)],
)
def test_nobody_expected_is_not_everybody_in(completeness: Completeness, *, whole: bool) -> None:
    assert completeness.whole is whole
