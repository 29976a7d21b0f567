"""What holds of a group's value whatever was stated: its order, its bounds, its gaps, and what is never mixed."""

from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.values import Stated

from .reporting import group_value
from .test_gateway_aggregation import LATE, ratio_in_2025

positive = st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2)
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=3)
stated = st.one_of(
    st.builds(Stated, amounts, st.none(), st.sampled_from(["definitive", "provisional", "simulated"])),
    st.builds(Stated, st.none(), st.sampled_from(["late", "not_applicable", "refused", None])),
)
entities = st.dictionaries(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=4), stated, max_size=8)


@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=9))
def test_a_ratio_of_sums_lies_between_the_smallest_and_the_largest(parts: list[tuple[Decimal, Decimal]]) -> None:
    named = {str(place): (Stated(up), Stated(down)) for place, (up, down) in enumerate(parts)}
    computed = ratio_in_2025(named, unit="").computed
    assert computed is not None
    bounds = [up / down for up, down in parts]
    assert min(bounds) - Decimal("1e-15") <= computed <= max(bounds) + Decimal("1e-15")


@given(entities, st.randoms())
def test_the_order_of_the_entities_does_not_matter(by_entity: dict[str, Stated], random: Random) -> None:
    items = list(by_entity.items())
    random.shuffle(items)
    one, other = (group_value("sum", Decimal(5), dict(each)) for each in (by_entity.items(), items))
    assert (one.sum, one.gap, one.simulated, one.provisional) == (
        other.sum,
        other.gap,
        other.simulated,
        other.provisional,
    )
    assert set(one.completeness.missing) == set(other.completeness.missing)


@given(st.sampled_from(["sum", "distinct", "cumulative", "ratio", "last", "declared"]), entities, amounts)
def test_a_missing_entity_never_makes_a_gap(aggregation: str, by_entity: dict[str, Stated], declared: Decimal) -> None:
    found = group_value(aggregation, declared, {**by_entity, "Absent": LATE})
    assert "Absent" in found.completeness.missing
    assert (found.gap, found.comparable) == (None, False)


@given(entities)
def test_real_and_simulated_values_are_never_added_together(by_entity: dict[str, Stated]) -> None:
    found = group_value("sum", None, by_entity)
    kept = [
        each
        for entity, each in by_entity.items()
        if each.value is not None and entity not in found.completeness.missing
    ]
    assert len({each.status == "simulated" for each in kept}) <= 1
    assert found.sum == (sum((each.value for each in kept if each.value is not None), Decimal(0)) if kept else None)
