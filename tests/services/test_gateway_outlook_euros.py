"""Current and constant euros side by side, on the contracts of the product."""

from datetime import date

import pytest

from services.gateway import facts
from services.gateway.domain.targets import AsOf
from services.gateway.schemas.euros import EurosView
from services.gateway.views.euros import euros_of
from services.gateway.views.judging import target_of
from tests.conftest import COP, World


async def seen(world: World, contract: str, indicator: str, target: str, year: int) -> EurosView | None:
    """The group's target in both kinds of euros."""
    async with world.system.gateway.state.database.reading() as session:
        known = await facts.contract_facts(session, contract)
    (described,) = (each for each in known.definition.indicators if each.code == indicator)
    (stated,) = (each for each in known.targets(indicator, known.group) if each.target == target)
    series = known.stated(indicator, known.group)
    return euros_of(known, stated, target_of(known, described, stated), series, AsOf(year=year, on=date(2023, 6, 1)))


async def test_the_cost_per_student_is_read_both_ways(still_world: World) -> None:
    found = await seen(still_world, COP, "training-cost-per-student", "2022", 2022)
    assert found is not None
    assert (found.current.value, found.current.growth, found.current.label) == ("12.0", "0.0084", "Non atteint")
    assert (found.constant.value, found.constant.growth) == ("10.9090909", "-0.0833")
    assert found.constant.label == "Non atteint"
    assert (found.constant.basis, found.disagree) == ("constant-euros-2017", True)
    assert found.deflator is not None
    assert (found.deflator.code, found.deflator.version, found.deflator.base_year) == ("inflation", "1", 2017)
    assert found.deflator.points == {2017: "100", 2022: "110"}
    assert "Approchée" in (found.deflator.note or "")


async def test_a_year_without_a_price_index_says_what_is_missing(still_world: World) -> None:
    found = await seen(still_world, COP, "training-cost-per-student", "2022", 2020)
    assert found is not None
    assert (found.current.value, found.constant.value, found.disagree) == ("10.8", None, False)
    assert found.constant.missing == "Il manque l’indice de prix 2020."


async def test_what_counts_no_money_has_no_euros(still_world: World) -> None:
    assert await seen(still_world, COP, "students", "2022", 2022) is None


@pytest.mark.parametrize("target", ["2027-current", "2027-constant"])
async def test_both_targets_of_one_revenue_are_read_in_euros_of_2022(still_world: World, target: str) -> None:
    found = await seen(still_world, "cop-2023-2027", "research-innovation-own-resources-eu", target, 2022)
    assert found is not None
    assert (found.current.basis, found.constant.basis) == ("current-euros", "constant-euros-2022")
    assert found.current.value == found.constant.value
