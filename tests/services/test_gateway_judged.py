"""What the follow-up judges: declared values, computed ones, sums of years, and years that have not come."""

from typing import Any

import pytest

from tests.conftest import World

from .essai import CODE, INDICATOR, Package, observed, package

Json = dict[str, Any]


async def followed(world: World, stated: Package, year: int, entity: str = "groupe") -> Json:
    """The follow-up of an entity, its indicators by code."""
    async with world.client("steward") as client:
        answer = await client.put(f"/indicators/v1/contracts/{CODE}", json=stated)
        assert answer.status_code == 200, answer.text
        await world.settled()
        view: Json = (await client.get(f"/v1/contracts/{CODE}/entities/{entity}/follow-up?year={year}")).json()
    return view | {"indicators": {line["code"]: line for line in view["indicators"]}}


def target(indicator: str, **others: Any) -> Json:
    place = {"indicator": indicator, "entity": "groupe", "target": "2023", "due_year": 2023}
    return place | {"comparison": "at_least", "text": "Page 4", "source": "Page 4"} | others


async def test_a_group_that_declares_nothing_is_judged_on_what_its_entities_make(world: World) -> None:
    """Value and baseline alike: 100 + 200 in 2020, grown by 10 % in 2023."""
    stated = package()
    stated["targets"] = [target("visitors", operand="growth", value="10")]
    stated["observations"] = [
        observed("visitors", site, year, value)
        for year, values in {2020: ("100", "200"), 2023: ("120", "211")}.items()
        for site, value in zip(("nord", "sud"), values, strict=True)
    ]
    line = (await followed(world, stated, 2023))["indicators"]["visitors"]
    verdict = line["targets"][0]["verdict"]
    assert (line["declared"], line["computed"], line["judged_on"]) == (None, "331", "computed")
    assert (verdict["status"], verdict["operands"]["required"], verdict["margin"]["absolute"]) == ("met", "330", "1")


async def test_a_group_with_a_missing_entity_is_not_judged_on_the_others(world: World) -> None:
    stated = package()
    stated["targets"] = [target("visitors", operand="value", value="300")]
    stated["observations"] = [observed("visitors", "nord", 2023, "500")]
    line = (await followed(world, stated, 2023))["indicators"]["visitors"]
    assert (line["judged_on"], line["targets"][0]["verdict"]["status"]) == (None, "not_reported")


async def test_the_last_known_value_of_another_year_is_not_judged_as_this_years(world: World) -> None:
    stated = package()
    stated["indicators"].append(INDICATOR | {"code": "staff", "label": "Agents", "aggregation": "last"})
    stated["targets"] = [target("staff", operand="value", value="100")]
    stated["observations"] = [observed("staff", "groupe", 2021, "105")]
    line = (await followed(world, stated, 2022))["indicators"]["staff"]
    assert (line["judged_on"], line["targets"][0]["verdict"]["status"]) == (None, "not_reported")


async def test_values_that_are_sums_already_are_not_summed_again(world: World) -> None:
    stated = package()
    stated["indicators"].append(INDICATOR | {"code": "trees", "label": "Arbres plantés", "aggregation": "cumulative"})
    stated["targets"] = [
        target("trees", operand="value", value="40", accumulation="cumulative", baseline_kind="adjusted",
               baseline_years="2020", baseline_value="0")
    ]  # fmt: skip
    stated["observations"] = [observed("trees", "groupe", 2020 + n, str(10 * n)) for n in range(4)]
    verdict = (await followed(world, stated, 2023))["indicators"]["trees"]["targets"][0]["verdict"]
    assert (verdict["status"], verdict["operands"]["value"], verdict["margin"]["absolute"]) == ("missed", "30", "-10")


@pytest.mark.parametrize(("entity", "codes"), [("nord", ["visitors", "revenue"]), ("amis", ["revenue"])])
async def test_an_entity_of_another_kind_owes_only_what_it_has_a_part_in(
    world: World, entity: str, codes: list[str]
) -> None:
    stated = package()
    stated["entities"].append({"code": "amis", "label": "Les amis du groupe", "kind": "other"})
    stated["observations"].append(observed("revenue", "amis", 2021, "0.20"))
    assert list((await followed(world, stated, 2021, entity))["indicators"]) == codes


async def test_a_year_of_a_target_beyond_the_contract_can_be_asked(world: World) -> None:
    stated = package()
    stated["targets"].append(target("visitors", operand="value", value="500") | {"target": "2025", "due_year": 2025})
    view = await followed(world, stated, 2025)
    (first, second) = view["indicators"]["visitors"]["targets"]
    assert (first["verdict"]["operands"]["year"], second["verdict"]["operands"]["year"]) == (2023, 2025)
    async with world.client("reader") as client:
        answer = await client.get(f"/v1/contracts/{CODE}/follow-up?year=2026")
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "L’année 2026 est hors du contrat\u00a0: demandez de 2020 à 2025.",
    )
